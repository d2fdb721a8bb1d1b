/** Asks {@code openssl}. */
@NullMarked
package io.omnitls.forge.oracle;

import org.jspecify.annotations.NullMarked;
