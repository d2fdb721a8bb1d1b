package io.omnitls.internal.x509;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a signature was made, by the object identifier and the parameters of its AlgorithmIdentifier: OpenSSL's table of
 * signature algorithms ({@code OBJ_find_sigid_algs}).
 *
 * @param keyKind the kind of key, as {@link PublicKeyInfo#kind} names it
 * @param digest the JCA's name of the digest; empty where the algorithm has none of its own
 * @param jcaName the JCA's name of the algorithm
 * @param pss the parameters of an RSASSA-PSS signature
 */
public record SignatureAlgorithm(String keyKind, Optional<String> digest, String jcaName, Optional<PssParameters> pss) {
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";
    private static final String NIST = "2.16.840.1.101.3.4.3.";

    private static final Map<String, SignatureAlgorithm> KNOWN = table();

    /** The algorithm; empty when nobody knows it, or the parameters of RSASSA-PSS cannot be read. */
    public static Optional<SignatureAlgorithm> of(AlgorithmIdentifier identifier) {
        if (!identifier.oid().equals(RSASSA_PSS)) {
            return Optional.ofNullable(KNOWN.get(identifier.oid()));
        }
        return PssParameters.of(identifier)
                .map(pss -> new SignatureAlgorithm(
                        "RSASSA-PSS", Optional.of(pss.digest()), "RSASSA-PSS", Optional.of(pss)));
    }

    /** Whether {@code key} is one of those that sign so, whatever the parameters: {@code check_sig_alg_match}. */
    public static boolean fits(AlgorithmIdentifier identifier, PublicKeyInfo key) {
        Optional<String> wanted = identifier.oid().equals(RSASSA_PSS)
                ? Optional.of("RSASSA-PSS")
                : Optional.ofNullable(KNOWN.get(identifier.oid())).map(SignatureAlgorithm::keyKind);
        return wanted.isPresent()
                && key.kind().isPresent()
                && (key.kind().equals(wanted)
                        || key.kind().get().equals("RSA") && wanted.get().equals("RSASSA-PSS"));
    }

    /** The bits of security of a signature: {@code X509_get_signature_info}. */
    public int securityBits() {
        if (keyKind.equals("Ed448")) {
            return 224;
        }
        return digest.map(Strength::ofDigest).orElse(128);
    }

    private static Map<String, SignatureAlgorithm> table() {
        Map<String, SignatureAlgorithm> known = new HashMap<>();
        add(known, "1.2.840.113549.1.1.4", "RSA", "MD5");
        add(known, "1.3.14.3.2.3", "RSA", "MD5");
        add(known, "1.2.840.113549.1.1.5", "RSA", "SHA-1");
        add(known, "1.3.14.3.2.29", "RSA", "SHA-1");
        add(known, "1.3.36.3.3.1.2", "RSA", "RIPEMD160");
        add(known, "1.2.840.113549.1.1.14", "RSA", "SHA-224");
        add(known, "1.2.840.113549.1.1.11", "RSA", "SHA-256");
        add(known, "1.2.840.113549.1.1.12", "RSA", "SHA-384");
        add(known, "1.2.840.113549.1.1.13", "RSA", "SHA-512");
        add(known, "1.2.840.113549.1.1.15", "RSA", "SHA-512/224");
        add(known, "1.2.840.113549.1.1.16", "RSA", "SHA-512/256");
        add(known, "1.2.840.10045.4.1", "EC", "SHA-1");
        add(known, "1.2.840.10045.4.3.1", "EC", "SHA-224");
        add(known, "1.2.840.10045.4.3.2", "EC", "SHA-256");
        add(known, "1.2.840.10045.4.3.3", "EC", "SHA-384");
        add(known, "1.2.840.10045.4.3.4", "EC", "SHA-512");
        add(known, "1.2.840.10040.4.3", "DSA", "SHA-1");
        add(known, NIST + "1", "DSA", "SHA-224");
        add(known, NIST + "2", "DSA", "SHA-256");
        add(known, NIST + "3", "DSA", "SHA-384");
        add(known, NIST + "4", "DSA", "SHA-512");
        String[] sha3 = {"SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512"};
        for (int i = 0; i < sha3.length; i++) {
            add(known, NIST + (5 + i), "DSA", sha3[i]);
            add(known, NIST + (9 + i), "EC", sha3[i]);
            add(known, NIST + (13 + i), "RSA", sha3[i]);
        }
        for (String edwards : new String[] {"Ed25519", "Ed448"}) {
            known.put(
                    edwards.equals("Ed25519") ? "1.3.101.112" : "1.3.101.113",
                    new SignatureAlgorithm(edwards, Optional.empty(), edwards, Optional.empty()));
        }
        return Map.copyOf(known);
    }

    private static void add(Map<String, SignatureAlgorithm> known, String oid, String keyKind, String digest) {
        // The JCA leaves the hyphen out of SHA-256withRSA, but not out of SHA3-256withRSA.
        String hash = digest.startsWith("SHA-") ? "SHA" + digest.substring(4) : digest;
        String jcaName = hash + "with" + (keyKind.equals("EC") ? "ECDSA" : keyKind);
        known.put(oid, new SignatureAlgorithm(keyKind, Optional.of(digest), jcaName, Optional.empty()));
    }
}
