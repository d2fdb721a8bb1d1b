/**
 * Certificates as an authority issues them: well-formed, complete, and for something. What can be wrong in any way is
 * written by {@link io.omnitls.forge.Forge}.
 */
@NullMarked
package io.omnitls.forge.issue;

import org.jspecify.annotations.NullMarked;
