package io.omnitls.internal.x509;

import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an RSASSA-PSS signature (RFC 4055 section 3.1).
 *
 * @param digest the JCA's name
 * @param maskDigest that of the digest of the mask generation function
 * @param saltLength in bytes
 */
public record PssParameters(String digest, String maskDigest, int saltLength) {
    private static final String MGF1 = "1.2.840.113549.1.1.8";

    private static final Map<String, String> DIGESTS = Map.ofEntries(
            Map.entry("1.3.14.3.2.26", "SHA-1"),
            Map.entry("2.16.840.1.101.3.4.2.4", "SHA-224"),
            Map.entry("2.16.840.1.101.3.4.2.1", "SHA-256"),
            Map.entry("2.16.840.1.101.3.4.2.2", "SHA-384"),
            Map.entry("2.16.840.1.101.3.4.2.3", "SHA-512"),
            Map.entry("2.16.840.1.101.3.4.2.5", "SHA-512/224"),
            Map.entry("2.16.840.1.101.3.4.2.6", "SHA-512/256"),
            Map.entry("2.16.840.1.101.3.4.2.7", "SHA3-224"),
            Map.entry("2.16.840.1.101.3.4.2.8", "SHA3-256"),
            Map.entry("2.16.840.1.101.3.4.2.9", "SHA3-384"),
            Map.entry("2.16.840.1.101.3.4.2.10", "SHA3-512"));

    /** The JCA's name of the digest with this object identifier. */
    public static Optional<String> digest(String oid) {
        return Optional.ofNullable(DIGESTS.get(oid));
    }

    /** The parameters; empty when they cannot be read or name what nobody knows. */
    static Optional<PssParameters> of(AlgorithmIdentifier identifier) {
        try {
            return identifier.parameters().isEmpty() ? Optional.empty() : read(identifier.parameterReader());
        } catch (DerException malformed) {
            return Optional.empty();
        }
    }

    /**
     * <pre>
     * RSASSA-PSS-params ::= SEQUENCE {
     *     hashAlgorithm    [0] HashAlgorithm    DEFAULT sha1,
     *     maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1,
     *     saltLength       [2] INTEGER          DEFAULT 20,
     *     trailerField     [3] TrailerField     DEFAULT trailerFieldBC }
     * </pre>
     */
    private static Optional<PssParameters> read(DerReader parameters) throws DerException {
        DerReader fields = parameters.enter(DerReader.SEQUENCE);
        Optional<DerReader> hash = fields.enterIf(DerReader.context(0));
        Optional<DerReader> mask = fields.enterIf(DerReader.context(1));
        Optional<DerReader> salt = fields.enterIf(DerReader.context(2));
        Optional<DerReader> trailer = fields.enterIf(DerReader.context(3));
        fields.requireEnd();
        Optional<String> digest =
                hash.isPresent() ? digest(AlgorithmIdentifier.read(hash.get()).oid()) : Optional.of("SHA-1");
        Optional<String> maskDigest = mask.isPresent() ? maskDigest(mask.get()) : Optional.of("SHA-1");
        int saltLength = salt.isPresent() ? salt.get().smallInteger() : 20;
        boolean usual = trailer.isEmpty() || trailer.get().smallInteger() == 1;
        return usual && digest.isPresent() && maskDigest.isPresent()
                ? Optional.of(new PssParameters(digest.get(), maskDigest.get(), saltLength))
                : Optional.empty();
    }

    private static Optional<String> maskDigest(DerReader mask) throws DerException {
        AlgorithmIdentifier generator = AlgorithmIdentifier.read(mask);
        return generator.oid().equals(MGF1)
                ? digest(AlgorithmIdentifier.read(generator.parameterReader()).oid())
                : Optional.empty();
    }

    /** For the JCA. */
    public PSSParameterSpec spec() {
        return new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(maskDigest), saltLength, 1);
    }
}
