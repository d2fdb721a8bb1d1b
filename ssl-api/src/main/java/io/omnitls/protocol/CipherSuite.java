package io.omnitls.protocol;

import java.util.Objects;

/**
 * A cipher suite with everything that OpenSSL knows about it: the row that Python's {@code SSLContext.get_ciphers()}
 * returns.
 *
 * @param id the two bytes of the IANA registry, for instance 0xC02F (Python adds OpenSSL's prefix 0x03000000)
 * @param name OpenSSL's name, for instance {@code ECDHE-RSA-AES128-GCM-SHA256}
 * @param ianaName the registry's name, for instance {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}
 * @param protocol the oldest version that can use it, by OpenSSL's name: {@code SSLv3}, {@code TLSv1.0},
 *     {@code TLSv1.2} or {@code TLSv1.3}
 * @param kea the key exchange, for instance {@code kx-ecdhe}; {@code kx-any} for TLS 1.3
 * @param auth the authentication, for instance {@code auth-rsa}; {@code auth-any} for TLS 1.3
 * @param symmetric the cipher, for instance {@code aes-128-gcm}
 * @param digest the MAC's digest, for instance {@code sha256}, or the empty string for an AEAD
 * @param aead whether the cipher authenticates by itself
 * @param strengthBits the bits of security, for instance 112 for triple DES
 * @param algorithmBits the bits of the key
 * @param description the line that {@code openssl ciphers -v} prints
 */
public record CipherSuite(
        int id,
        String name,
        String ianaName,
        String protocol,
        String kea,
        String auth,
        String symmetric,
        String digest,
        boolean aead,
        int strengthBits,
        int algorithmBits,
        String description) {
    public CipherSuite {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(ianaName, "ianaName");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(kea, "kea");
        Objects.requireNonNull(auth, "auth");
        Objects.requireNonNull(symmetric, "symmetric");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(description, "description");
    }

    /** Whether this suite belongs to TLS 1.3, whose suites name no key exchange and no authentication. */
    public boolean tls13() {
        return protocol.equals("TLSv1.3");
    }

    /** Whether a leaked long-term key leaves earlier connections secret (TLS 1.3, DHE and ECDHE). */
    public boolean forwardSecret() {
        return tls13() || kea.startsWith("kx-ecdhe") || kea.startsWith("kx-dhe");
    }

    /** OpenSSL's name. */
    @Override
    public String toString() {
        return name;
    }
}
