package io.omnitls.internal.x509;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.RC2ParameterSpec;

/**
 * A cipher that keys and their containers are encrypted with.
 *
 * @param algorithm the JCA's name
 * @param keyLength in bytes; RC2 is used with all of its bits
 * @param ivLength in bytes; 0 for a stream cipher
 */
record CipherSpec(String algorithm, int keyLength, int ivLength) {
    static final CipherSpec DES = new CipherSpec("DES", 8, 8);

    /** By the object identifiers of PBES2 (RFC 8018 B.2) and by the names of PEM's own encryption. */
    private static final Map<String, CipherSpec> ALL = Map.of(
            "2.16.840.1.101.3.4.1.2", new CipherSpec("AES", 16, 16),
            "2.16.840.1.101.3.4.1.22", new CipherSpec("AES", 24, 16),
            "2.16.840.1.101.3.4.1.42", new CipherSpec("AES", 32, 16),
            "1.2.840.113549.3.7", new CipherSpec("DESede", 24, 8),
            "1.3.14.3.2.7", DES,
            "AES-128-CBC", new CipherSpec("AES", 16, 16),
            "AES-192-CBC", new CipherSpec("AES", 24, 16),
            "AES-256-CBC", new CipherSpec("AES", 32, 16),
            "DES-EDE3-CBC", new CipherSpec("DESede", 24, 8),
            "DES-CBC", DES);

    /** RFC 7292 appendix C, all of them with SHA-1. */
    private static final Map<String, CipherSpec> PKCS12 = Map.of(
            "1.2.840.113549.1.12.1.1", new CipherSpec("ARCFOUR", 16, 0),
            "1.2.840.113549.1.12.1.2", new CipherSpec("ARCFOUR", 5, 0),
            "1.2.840.113549.1.12.1.3", new CipherSpec("DESede", 24, 8),
            "1.2.840.113549.1.12.1.4", new CipherSpec("DESede", 16, 8),
            "1.2.840.113549.1.12.1.5", new CipherSpec("RC2", 16, 8),
            "1.2.840.113549.1.12.1.6", new CipherSpec("RC2", 5, 8));

    static Optional<CipherSpec> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Optional<CipherSpec> ofPkcs12(String oid) {
        return Optional.ofNullable(PKCS12.get(oid));
    }

    String transformation() {
        return ivLength == 0 ? algorithm : algorithm + "/CBC/PKCS5Padding";
    }

    Optional<AlgorithmParameterSpec> parameters(byte[] iv) {
        if (ivLength == 0) {
            return Optional.empty();
        }
        return Optional.of(algorithm.equals("RC2") ? new RC2ParameterSpec(8 * keyLength, iv) : new IvParameterSpec(iv));
    }
}
