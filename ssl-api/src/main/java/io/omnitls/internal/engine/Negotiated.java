package io.omnitls.internal.engine;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.util.Optional;

/**
 * What the two ends of a completed handshake have chosen.
 *
 * @param cipherSuite the suite's registry (IANA) name
 * @param group the group of the key exchange, where there was one and it could be seen
 * @param signatureScheme what the server's handshake was signed with, where that could be seen
 * @param resumed whether an earlier session was resumed, so that no certificate was exchanged now
 * @param secretsBound whether the secrets depend on the whole handshake (RFC 7627), so that they can be exported from
 */
public record Negotiated(
        TlsVersion version,
        String cipherSuite,
        Optional<NamedGroup> group,
        Optional<SignatureScheme> signatureScheme,
        Optional<String> applicationProtocol,
        boolean resumed,
        boolean fipsApproved,
        boolean secretsBound) {}
