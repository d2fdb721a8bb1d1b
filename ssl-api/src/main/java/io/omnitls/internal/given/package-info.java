/** What every public method does first with its arguments. */
@NullMarked
package io.omnitls.internal.given;

import org.jspecify.annotations.NullMarked;
