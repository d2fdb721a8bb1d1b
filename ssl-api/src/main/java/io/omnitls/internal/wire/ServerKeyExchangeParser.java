package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.math.BigInteger;
import java.util.Optional;

/** Decodes a ServerKeyExchange, whose form depends on the suite and on the version that the ServerHello chose. */
public final class ServerKeyExchangeParser {
    private static final int NAMED_CURVE = 3;

    private ServerKeyExchangeParser() {}

    /**
     * The ServerKeyExchange with this body, that is without the four bytes of its handshake header. Of a key exchange
     * other than (EC)DHE, with or without PSK, nothing is decoded and every fact is empty.
     *
     * @throws TlsException when the body is malformed, with the alert that tells the server so
     */
    public static ServerKeyExchange parse(Bytes body, CipherSuite suite, TlsVersion version) throws TlsException {
        WireReader reader = WireReader.of(body, "ServerKeyExchange", ErrorReason.LENGTH_MISMATCH);
        boolean signed = !suite.auth().equals("auth-null") && !suite.auth().equals("auth-psk");
        return switch (suite.kea()) {
            case "kx-ecdhe" -> ecdhe(reader, signed, version);
            case "kx-dhe" -> dhe(reader, signed, version);
            case "kx-ecdhe-psk" -> {
                reader.opaque16(0, "psk_identity_hint"); // RFC 5489 section 2
                yield ecdhe(reader, signed, version);
            }
            case "kx-dhe-psk" -> {
                reader.opaque16(0, "psk_identity_hint"); // RFC 4279 section 3
                yield dhe(reader, signed, version);
            }
            default -> new ServerKeyExchange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        };
    }

    /**
     * RFC 8422 section 5.4.
     *
     * <pre>
     * struct {
     *     ECCurveType curve_type = named_curve(3);
     *     NamedCurve namedcurve;
     *     opaque point&lt;1..2^8-1&gt;;
     *     Signature signed_params;
     * } ServerKeyExchange;
     * </pre>
     */
    private static ServerKeyExchange ecdhe(WireReader reader, boolean signed, TlsVersion version) throws TlsException {
        int curveType = reader.uint8("curve_type");
        if (curveType != NAMED_CURVE) {
            // RFC 8422 5.4: explicit curves must not be used.
            throw Refusal.of(
                    ErrorReason.WRONG_CURVE,
                    AlertDescription.ILLEGAL_PARAMETER,
                    "ServerKeyExchange has the curve_type " + curveType + ", expected 3 (named_curve)");
        }
        NamedGroup group = NamedGroup.of(reader.uint16("namedcurve"));
        Bytes point = reader.opaque8(1, 255, "point");
        return new ServerKeyExchange(
                Optional.of(group), Optional.empty(), Optional.of(point), signature(reader, signed, version));
    }

    /**
     * RFC 5246 section 7.4.3.
     *
     * <pre>
     * struct {
     *     opaque dh_p&lt;1..2^16-1&gt;;
     *     opaque dh_g&lt;1..2^16-1&gt;;
     *     opaque dh_Ys&lt;1..2^16-1&gt;;
     *     Signature signed_params;
     * } ServerKeyExchange;
     * </pre>
     */
    private static ServerKeyExchange dhe(WireReader reader, boolean signed, TlsVersion version) throws TlsException {
        BigInteger prime = new BigInteger(1, reader.opaque16(1, "dh_p").toByteArray());
        reader.opaque16(1, "dh_g");
        Bytes number = reader.opaque16(1, "dh_Ys");
        return new ServerKeyExchange(
                Optional.empty(), Optional.of(prime), Optional.of(number), signature(reader, signed, version));
    }

    /**
     * RFC 5246 section 4.7; the algorithm came with TLS 1.2.
     *
     * <pre>
     * struct {
     *     SignatureAndHashAlgorithm algorithm;
     *     opaque signature&lt;0..2^16-1&gt;;
     * } DigitallySigned;
     * </pre>
     */
    private static Optional<SignatureScheme> signature(WireReader reader, boolean signed, TlsVersion version)
            throws TlsException {
        Optional<SignatureScheme> scheme = Optional.empty();
        if (signed) {
            if (version.atLeast(TlsVersion.TLS_1_2)) {
                scheme = Optional.of(SignatureScheme.of(reader.uint16("algorithm")));
            }
            reader.opaque16(0, "signature");
        }
        reader.finish();
        return scheme;
    }
}
