package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import java.math.BigInteger;
import java.util.Optional;

/** What the key exchange messages of TLS 1.2 must hold; they are in the clear. */
public final class KeyExchangeRules {
    private KeyExchangeRules() {}

    /** Judges what a server answered {@code hello} with. */
    public static void require(ClientHello hello, ServerKeyExchange exchange) throws TlsException {
        Optional<NamedGroup> group = exchange.group();
        if (group.isPresent()
                && !hello.namedGroups().isEmpty()
                && !hello.namedGroups().contains(group.get())) {
            // RFC 8422 5.1: the server must not choose a curve that the client did not offer.
            throw illegal(
                    ErrorReason.WRONG_CURVE,
                    "ServerKeyExchange has the curve " + group.get() + ", the client offered " + hello.namedGroups());
        }
        if (exchange.publicValue().isPresent()) {
            requireValue(exchange, exchange.publicValue().get(), Role.SERVER);
        }
        Optional<SignatureScheme> scheme = exchange.signatureScheme();
        if (scheme.isPresent()
                && !hello.signatureSchemes().isEmpty()
                && !hello.signatureSchemes().contains(scheme.get())) {
            // RFC 5246 7.4.3: it must be one of the extension signature_algorithms.
            throw illegal(
                    ErrorReason.WRONG_SIGNATURE_TYPE,
                    "ServerKeyExchange is signed with " + scheme.get() + ", which the client did not offer");
        }
    }

    /**
     * Judges a client's answer to {@code exchange}: RFC 8422 section 5.7, RFC 5246 section 7.4.7.2. Of a secret that is
     * encrypted with RSA nothing may be judged here (section 7.4.7.1).
     *
     * <pre>
     * struct { opaque point&lt;1..2^8-1&gt;; } ECPoint;
     * struct { opaque dh_Yc&lt;1..2^16-1&gt;; } ClientDiffieHellmanPublic;
     * </pre>
     */
    public static void require(ServerKeyExchange exchange, CipherSuite suite, Bytes clientKeyExchange)
            throws TlsException {
        WireReader reader = WireReader.of(clientKeyExchange, "ClientKeyExchange", ErrorReason.LENGTH_MISMATCH);
        if (suite.kea().endsWith("-psk")) {
            reader.opaque16(0, "psk_identity"); // RFC 5489 section 2, RFC 4279 section 3
        }
        if (exchange.group().isPresent()) {
            requireValue(exchange, reader.opaque8(1, 255, "point"), Role.CLIENT);
            reader.finish();
        } else if (exchange.prime().isPresent()) {
            requireValue(exchange, reader.opaque16(1, "dh_Yc"), Role.CLIENT);
            reader.finish();
        }
    }

    private static void requireValue(ServerKeyExchange exchange, Bytes value, Role sender) throws TlsException {
        if (exchange.group().isPresent()) {
            KeyShareRules.requireForm(exchange.group().get(), value, sender);
        }
        Optional<BigInteger> prime = exchange.prime();
        if (prime.isPresent() && !ShareForm.FiniteField.inRange(new BigInteger(1, value.toByteArray()), prime.get())) {
            throw illegal(ErrorReason.BAD_DH_VALUE, "a Diffie-Hellman value is not between 1 and p - 1");
        }
    }

    private static TlsException illegal(ErrorReason reason, String found) {
        return Refusal.of(reason, AlertDescription.ILLEGAL_PARAMETER, found);
    }
}
