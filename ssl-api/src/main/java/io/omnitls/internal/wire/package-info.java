/** Parsers for the part of TLS that is not encrypted: records, ClientHello, ServerHello. No state, no I/O. */
@NullMarked
package io.omnitls.internal.wire;

import org.jspecify.annotations.NullMarked;
