package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.NamedGroup;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/**
 * A SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), read without any backend: whether one can use the key is another
 * question.
 *
 * @param encoded all of it, in DER
 * @param kind RSA, RSASSA-PSS, EC, Ed25519, Ed448 or DSA; empty when it is another, or the key is malformed
 * @param curve the object identifier of an EC key's curve, when it is named
 * @param explicitCurve whether an EC key spells its curve out (RFC 5480 section 2.1.1 forbids it)
 * @param numbers the modulus and the exponent of an RSA key
 * @param bits the size that people name: of the modulus, of the order of the curve; 0 when it is not known
 * @param key the content of the BIT STRING without the count of unused bits
 */
public record PublicKeyInfo(
        Bytes encoded,
        AlgorithmIdentifier algorithm,
        Optional<String> kind,
        Optional<String> curve,
        boolean explicitCurve,
        Optional<RsaNumbers> numbers,
        int bits,
        Bytes key) {
    /** What an RSA key consists of. */
    public record RsaNumbers(BigInteger modulus, BigInteger exponent) {}

    private static final Map<String, String> KINDS = Map.of(
            "1.2.840.113549.1.1.1", "RSA",
            "2.5.8.1.1", "RSA",
            "1.2.840.113549.1.1.10", "RSASSA-PSS",
            "1.2.840.10045.2.1", "EC",
            "1.3.101.112", "Ed25519",
            "1.3.101.113", "Ed448",
            "1.2.840.10040.4.1", "DSA");

    /** The kind of key that has this object identifier. */
    static Optional<String> kind(String oid) {
        return Optional.ofNullable(KINDS.get(oid));
    }

    /** Reads all of {@code der}. */
    public static PublicKeyInfo of(byte[] der) throws DerException {
        DerReader reader = DerReader.of(der);
        PublicKeyInfo info = read(reader);
        reader.requireEnd();
        return info;
    }

    /** {@code SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }}. */
    static PublicKeyInfo read(DerReader reader) throws DerException {
        byte[] encoded = reader.element();
        DerReader fields = DerReader.of(encoded).enter(DerReader.SEQUENCE);
        AlgorithmIdentifier algorithm = AlgorithmIdentifier.read(fields);
        byte[] key = fields.bitString();
        fields.requireEnd();
        PublicKeyInfo unknown = new PublicKeyInfo(
                Bytes.copyOf(encoded),
                algorithm,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                0,
                Bytes.copyOf(key));
        try {
            String kind = kind(algorithm.oid()).orElse("");
            return switch (kind) {
                case "RSA", "RSASSA-PSS" -> unknown.rsa(kind, key);
                case "EC" -> unknown.ec();
                case "DSA" -> unknown.with(kind, dsaBits(algorithm));
                case "Ed25519" -> key.length == 32 ? unknown.with(kind, 253) : unknown;
                case "Ed448" -> key.length == 57 ? unknown.with(kind, 456) : unknown;
                default -> unknown;
            };
        } catch (DerException malformed) {
            // As OpenSSL has it: a certificate with a key that nobody can use, not one that cannot be read.
            return unknown;
        }
    }

    private PublicKeyInfo with(String kind, int size) {
        return new PublicKeyInfo(encoded, algorithm, Optional.of(kind), curve, explicitCurve, numbers, size, key);
    }

    /** {@code RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }} (RFC 8017 appendix A.1.1). */
    private PublicKeyInfo rsa(String kind, byte[] content) throws DerException {
        DerReader fields = DerReader.of(content).enter(DerReader.SEQUENCE);
        RsaNumbers found = new RsaNumbers(fields.integer(), fields.integer());
        fields.requireEnd();
        return new PublicKeyInfo(
                encoded,
                algorithm,
                Optional.of(kind),
                curve,
                false,
                Optional.of(found),
                found.modulus().bitLength(),
                key);
    }

    /**
     * <pre>
     * ECParameters ::= CHOICE { namedCurve OBJECT IDENTIFIER, implicitCurve NULL, specifiedCurve SpecifiedECDomain }
     * SpecifiedECDomain ::= SEQUENCE { version, fieldID, curve, base, order INTEGER, cofactor INTEGER OPTIONAL, ... }
     * </pre>
     */
    private PublicKeyInfo ec() throws DerException {
        DerReader parameters = algorithm.parameterReader();
        if (parameters.peek() == DerReader.OID) {
            String oid = parameters.oid();
            // Keys on SM2's curve are of a kind of their own to OpenSSL, with signatures of their own.
            Optional<Curve> known = Curve.of(oid).filter(curve -> !curve.name().equals("SM2"));
            return known.isEmpty()
                    ? this
                    : new PublicKeyInfo(
                            encoded,
                            algorithm,
                            Optional.of("EC"),
                            Optional.of(oid),
                            false,
                            numbers,
                            known.get().orderBits(),
                            key);
        }
        DerReader domain = parameters.enter(DerReader.SEQUENCE);
        for (int i = 0; i < 4; i++) {
            domain.skip(); // version, fieldID, curve, base
        }
        return new PublicKeyInfo(
                encoded,
                algorithm,
                Optional.of("EC"),
                Optional.empty(),
                true,
                numbers,
                domain.integer().bitLength(),
                key);
    }

    /** {@code Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }} (RFC 3279 section 2.3.2). */
    private static int dsaBits(AlgorithmIdentifier algorithm) throws DerException {
        return algorithm.parameterReader().enter(DerReader.SEQUENCE).integer().bitLength();
    }

    /** The kind, or the object identifier of one that is not known. */
    public String name() {
        return kind.map(known -> known
                        + curve.flatMap(Curve::of).map(on -> " on " + on.name()).orElse(""))
                .or(this::otherCurve)
                .orElse("algorithm " + Excerpt.oid(algorithm.oid()));
    }

    /** Of an EC key on a curve that is none of TLS's. */
    private Optional<String> otherCurve() {
        if (!kind(algorithm.oid()).equals(Optional.of("EC"))) {
            return Optional.empty();
        }
        try {
            String oid = algorithm.parameterReader().oid();
            return Optional.of("EC on " + Curve.of(oid).map(Curve::name).orElse("the curve " + Excerpt.oid(oid)));
        } catch (DerException malformed) {
            return Optional.empty();
        }
    }

    /** What sort of key it is, as far as it matters to who is to sign with it: "keys that are" this. */
    public String description() {
        return switch (kind.orElse("")) {
            case "EC" -> explicitCurve ? "EC with a curve that is spelt out" : name();
            case "RSA", "DSA" -> name() + " of " + bits + " bits";
            case "RSASSA-PSS" -> name() + " of " + bits + " bits" + pssLimits();
            default -> name();
        };
    }

    /** What an RSASSA-PSS key allows, where it says and can be read. */
    public Optional<PssParameters> pssParameters() {
        return kind.equals(Optional.of("RSASSA-PSS")) ? PssParameters.of(algorithm) : Optional.empty();
    }

    private String pssLimits() {
        return algorithm.parameters().isEmpty()
                ? ""
                : pssParameters()
                        .map(own -> " for " + own.digest() + " and MGF1 with " + own.maskDigest()
                                + " and salts of at least " + own.saltLength() + " bytes")
                        .orElse(" with parameters that nobody knows");
    }

    /**
     * Whether an RSASSA-PSS key allows signatures with these parameters: its own, where it has any, name the digests and the
     * least salt (RFC 4055 section 3.3).
     */
    public boolean allows(PssParameters signature) {
        if (!kind.equals(Optional.of("RSASSA-PSS")) || algorithm.parameters().isEmpty()) {
            return true;
        }
        Optional<PssParameters> own = pssParameters();
        return own.isPresent()
                && own.get().digest().equals(signature.digest())
                && own.get().maskDigest().equals(signature.maskDigest())
                && own.get().saltLength() <= signature.saltLength();
    }

    /** The curve of an EC key, when the registry of groups has it. */
    public Optional<NamedGroup> group() {
        return curve.flatMap(Curve::of).flatMap(known -> NamedGroup.of(known.name()));
    }

    /** The bits of security, as {@code EVP_PKEY_get_security_bits} has them; 0 when they are not known. */
    public int securityBits() {
        return switch (kind.orElse("")) {
            case "RSA", "RSASSA-PSS", "DSA" -> Strength.ofModulus(bits);
            case "EC" -> Strength.ofOrder(bits);
            case "Ed25519" -> 128;
            case "Ed448" -> 224;
            default -> 0;
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
