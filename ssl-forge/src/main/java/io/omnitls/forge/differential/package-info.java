/** Holds verifiers to the verdicts of {@code openssl verify} over random cases. */
@NullMarked
package io.omnitls.forge.differential;

import org.jspecify.annotations.NullMarked;
