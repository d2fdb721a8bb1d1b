/** How the providers of this process are found. */
@NullMarked
package io.omnitls.internal.discovery;

import org.jspecify.annotations.NullMarked;
