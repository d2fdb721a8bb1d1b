/** What keeps a test from hanging where JUnit itself does not. */
@NullMarked
package io.omnitls.forge.limit;

import org.jspecify.annotations.NullMarked;
