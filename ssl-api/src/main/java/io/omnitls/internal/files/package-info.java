/** Files that are read, and read again when they change. */
@NullMarked
package io.omnitls.internal.files;

import org.jspecify.annotations.NullMarked;
