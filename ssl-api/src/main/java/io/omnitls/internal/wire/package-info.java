/**
 * Readers of what TLS sends in the clear: record headers, ClientHello, ServerHello, ServerKeyExchange.
 *
 * <p>Every reader turns hostile input into a value or a {@link io.omnitls.error.TlsException} with the reason that
 * OpenSSL 3.0 gives and the alert that it sends. Nothing here judges what a peer proposed, it is only decoded. Two
 * classes gather bytes and therefore have state: {@link io.omnitls.internal.wire.HandshakeAssembler} and
 * {@link io.omnitls.internal.wire.ClientHelloCollector}.
 */
@NullMarked
package io.omnitls.internal.wire;

import org.jspecify.annotations.NullMarked;
