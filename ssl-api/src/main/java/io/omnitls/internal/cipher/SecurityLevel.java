package io.omnitls.internal.cipher;

import io.omnitls.internal.x509.Strength;
import io.omnitls.protocol.CipherSuite;

/**
 * OpenSSL's security level: what {@code ssl_security_default_callback} and {@code X509_VERIFY_PARAM_set_auth_level}
 * demand.
 *
 * @see <a href="https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/">SSL_CTX_set_security_level</a>
 */
public enum SecurityLevel {
    LEVEL_0(0, 0),
    LEVEL_1(1, 80),
    LEVEL_2(2, 112),
    LEVEL_3(3, 128),
    LEVEL_4(4, 192),
    LEVEL_5(5, 256);

    /** What a context has unless it is told otherwise: no key below 112 bits, as the RFCs and NIST have it. */
    public static final SecurityLevel DEFAULT = LEVEL_2;

    private final int number;
    private final int minimumBits;

    SecurityLevel(int number, int minimumBits) {
        this.number = number;
        this.minimumBits = minimumBits;
    }

    /** The level with this number, 0 to 5. */
    public static SecurityLevel of(int number) {
        if (number < 0 || number > 5) {
            throw new IllegalArgumentException("a security level is 0 to 5, not " + number);
        }
        return values()[number];
    }

    /** 0 to 5. */
    public int number() {
        return number;
    }

    /** The least bits of security that a key, a signature or a cipher may have. */
    public int minimumBits() {
        return minimumBits;
    }

    /** Whether a server of this level may have Diffie-Hellman parameters with a prime of {@code bits} bits. */
    public boolean allowsDiffieHellman(int bits) {
        // SSL_SECOP_TMP_DH wants 80 bits of security at level 0 too.
        return bits >= 1024 && Strength.ofPrime(bits) >= minimumBits;
    }

    /** Whether a connection of this level may use {@code suite}. */
    public boolean allows(CipherSuite suite) {
        if (this == LEVEL_0) {
            return true;
        }
        if (suite.strengthBits() < minimumBits
                || suite.auth().equals("auth-null")
                || suite.digest().equals("md5")) {
            return false;
        }
        if (minimumBits > 160 && suite.digest().equals("sha1")) {
            return false;
        }
        return compareTo(LEVEL_3) < 0 || suite.forwardSecret();
    }
}
