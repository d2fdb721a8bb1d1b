package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.util.Optional;

/**
 * What kind of key it is, read from the bytes: backends have objects for those alone that they can use.
 *
 * @param oid the algorithm's object identifier
 * @param name the JCA's word for the algorithm, or the object identifier
 * @param curve of an EC key: the curve's name, or its object identifier when nobody here knows it
 * @param identifier the one that backends read, with the curve by its name even where its parameters were spelt out
 */
record KeyAlgorithm(String oid, String name, Optional<String> curve, AlgorithmIdentifier identifier) {
    private static final AlgorithmIdentifier RSA_ENCRYPTION =
            new AlgorithmIdentifier("1.2.840.113549.1.1.1", Optional.of(Bytes.copyOf(new byte[] {DerReader.NULL, 0})));

    /** Of a curve whose parameters are spelt out and are nobody's. */
    private static final String NAMELESS = "a curve without a name";

    /** Reads the AlgorithmIdentifier of a private key. */
    static KeyAlgorithm read(DerReader info) throws DerException {
        return of(AlgorithmIdentifier.read(info));
    }

    static KeyAlgorithm of(AlgorithmIdentifier identifier) throws DerException {
        String oid = identifier.oid();
        String kind = PublicKeyInfo.kind(oid).orElse(oid);
        return switch (kind) {
            case "EC" -> ec(identifier);
            // X.509 had an identifier of its own for them, which OpenSSL takes for the same and backends do not know.
            case "RSA" -> new KeyAlgorithm(oid, kind, Optional.empty(), RSA_ENCRYPTION);
            default -> new KeyAlgorithm(oid, kind, Optional.empty(), identifier);
        };
    }

    /** {@code ECParameters ::= CHOICE { namedCurve OBJECT IDENTIFIER, implicitCurve NULL, specifiedCurve SEQUENCE }}. */
    private static KeyAlgorithm ec(AlgorithmIdentifier identifier) throws DerException {
        DerReader parameters = identifier.parameterReader();
        if (parameters.peek() == DerReader.OID) {
            String curve = parameters.oid();
            String name = Curve.of(curve).map(Curve::name).orElse(curve);
            return new KeyAlgorithm(identifier.oid(), "EC", Optional.of(name), identifier);
        }
        Optional<Curve> described = Curve.described(parameters.enter(DerReader.SEQUENCE));
        return new KeyAlgorithm(
                identifier.oid(),
                "EC",
                Optional.of(described.map(Curve::name).orElse(NAMELESS)),
                described
                        .map(curve -> identifier.with(DerWriter.oid(curve.oid())))
                        .orElse(identifier));
    }

    /** Whether the JCA has a word for it. */
    boolean known() {
        return !name.equals(oid);
    }

    /** One RSA key may have a certificate for either kind of signature. */
    String family() {
        return name.equals("RSASSA-PSS") ? "RSA" : name;
    }

    /** {@code RSA} or {@code EC on brainpoolP256r1}. */
    String description() {
        return Excerpt.oid(name) + curve.map(at -> " on " + Excerpt.oid(at)).orElse("");
    }
}
