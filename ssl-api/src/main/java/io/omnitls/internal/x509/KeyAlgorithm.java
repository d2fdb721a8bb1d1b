package io.omnitls.internal.x509;

import java.util.Optional;

/**
 * What kind of key it is, read from the bytes: backends have objects for those alone that they can use.
 *
 * @param oid the algorithm's object identifier
 * @param name the JCA's word for the algorithm, or the object identifier
 * @param curve of an EC key: the curve's name, or its object identifier when nobody here knows it
 * @param identifier the AlgorithmIdentifier, with the curve by its name even where its parameters were spelt out
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares it
record KeyAlgorithm(String oid, String name, Optional<String> curve, byte[] identifier) {
    private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";

    /** Of a curve whose parameters are spelt out and are nobody's. */
    private static final String NAMELESS = "a curve without a name";

    /**
     * <pre>
     * AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }
     * </pre>
     */
    static KeyAlgorithm read(DerReader info) throws DerException {
        byte[] identifier = info.element();
        DerReader fields = DerReader.of(identifier).enter(DerReader.SEQUENCE);
        String oid = fields.oid();
        return oid.equals(EC_PUBLIC_KEY)
                ? ec(fields, identifier)
                : new KeyAlgorithm(oid, jca(oid), Optional.empty(), identifier);
    }

    /** {@code ECParameters ::= CHOICE { namedCurve OBJECT IDENTIFIER, implicitCurve NULL, specifiedCurve SEQUENCE }}. */
    private static KeyAlgorithm ec(DerReader parameters, byte[] identifier) throws DerException {
        if (parameters.peek() == DerReader.OID) {
            String oid = parameters.oid();
            String name = EcCurve.named(oid).map(EcCurve::name).orElse(oid);
            return new KeyAlgorithm(EC_PUBLIC_KEY, "EC", Optional.of(name), identifier);
        }
        Optional<EcCurve> described = EcCurve.described(parameters.enter(DerReader.SEQUENCE));
        return new KeyAlgorithm(
                EC_PUBLIC_KEY,
                "EC",
                Optional.of(described.map(EcCurve::name).orElse(NAMELESS)),
                described
                        .map(curve -> DerWriter.sequence(DerWriter.oid(EC_PUBLIC_KEY), DerWriter.oid(curve.oid())))
                        .orElse(identifier));
    }

    private static String jca(String oid) {
        return switch (oid) {
            case "1.2.840.113549.1.1.1" -> "RSA";
            case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
            case "1.3.101.112" -> "Ed25519";
            case "1.3.101.113" -> "Ed448";
            case "1.2.840.10040.4.1" -> "DSA";
            default -> oid;
        };
    }

    /** Whether the JCA has a word for it. */
    boolean known() {
        return !name.equals(oid);
    }

    /** {@code RSA} or {@code EC on brainpoolP256r1}. */
    String description() {
        return Excerpt.oid(name) + curve.map(at -> " on " + Excerpt.oid(at)).orElse("");
    }
}
