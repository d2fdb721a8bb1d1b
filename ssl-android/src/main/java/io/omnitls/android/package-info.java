/** An application on Android, as far as TLS goes. */
@NullMarked
package io.omnitls.android;

import org.jspecify.annotations.NullMarked;
