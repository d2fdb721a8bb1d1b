/** Hellos and records that can be wrong in any way. */
@NullMarked
package io.omnitls.testkit.wire;

import org.jspecify.annotations.NullMarked;
