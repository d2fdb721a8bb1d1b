package io.omnitls.internal.wire;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.NamedGroup;
import java.util.Optional;

/**
 * What a server answered: the ServerHello of RFC 8446 section 4.1.3.
 *
 * @param version the negotiated {@code ProtocolVersion}: that of supported_versions, or legacy_version
 * @param helloRetryRequest whether this is no answer yet but the wish for another ClientHello
 * @param sessionId the echo of the client's, or the server's own (TLS 1.2)
 * @param cipherSuite the suite's number
 * @param keyShare the group of key_share, empty before TLS 1.3
 * @param preSharedKey whether a pre-shared key, and so an earlier session, was accepted (TLS 1.3)
 */
public record ServerHello(
        int version,
        boolean helloRetryRequest,
        Bytes sessionId,
        int cipherSuite,
        Optional<NamedGroup> keyShare,
        boolean preSharedKey) {}
