package io.omnitls.internal.wire;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The public facts of a ServerKeyExchange (TLS 1.2 and older).
 *
 * @param group the curve of ECDHE, or empty for another key exchange
 * @param primeBits the size of the prime of DHE in bits, or empty for another key exchange
 * @param signatureScheme what the message was signed with, or empty when it is not signed or the version is older than
 *     TLS 1.2, where the message does not say
 */
public record ServerKeyExchange(
        Optional<NamedGroup> group, OptionalInt primeBits, Optional<SignatureScheme> signatureScheme) {}
