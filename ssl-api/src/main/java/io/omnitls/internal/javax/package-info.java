/** Connections, settings and verifiers as {@code javax.net.ssl} wants to see them. */
@NullMarked
package io.omnitls.internal.javax;

import org.jspecify.annotations.NullMarked;
