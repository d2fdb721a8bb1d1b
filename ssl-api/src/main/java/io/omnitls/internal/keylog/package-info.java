/** Files that hold secrets. */
@NullMarked
package io.omnitls.internal.keylog;

import org.jspecify.annotations.NullMarked;
