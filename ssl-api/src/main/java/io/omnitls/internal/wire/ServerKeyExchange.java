package io.omnitls.internal.wire;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The public facts of a ServerKeyExchange (TLS 1.2 and older).
 *
 * @param group the curve of ECDHE, or empty for another key exchange
 * @param prime the prime of DHE, or empty for another key exchange
 * @param publicValue the server's point or number, or empty where neither was decoded
 * @param signatureScheme what the message was signed with, or empty when it is not signed or the version is older than
 *     TLS 1.2, where the message does not say
 */
public record ServerKeyExchange(
        Optional<NamedGroup> group,
        Optional<BigInteger> prime,
        Optional<Bytes> publicValue,
        Optional<SignatureScheme> signatureScheme) {}
