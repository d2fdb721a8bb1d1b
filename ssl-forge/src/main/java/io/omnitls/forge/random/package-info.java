/** Draws hierarchies of authorities with defects of every kind. The same seed draws the same case. */
@NullMarked
package io.omnitls.forge.random;

import org.jspecify.annotations.NullMarked;
