package io.omnitls.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cipher suite with everything that OpenSSL knows about it: the row that Python's {@code SSLContext.get_ciphers()}
 * returns. An immutable value; two are equal when all that is known of them is.
 */
public final class CipherSuite {
    private final int id;
    private final String name;
    private final String ianaName;
    private final String protocol;
    private final String kea;
    private final String auth;
    private final String symmetric;
    private final String digest;
    private final boolean aead;
    private final int strengthBits;
    private final int algorithmBits;
    private final String description;

    private CipherSuite(Builder builder) {
        id = builder.id;
        name = builder.name;
        ianaName = builder.ianaName;
        protocol = builder.protocol;
        kea = builder.kea;
        auth = builder.auth;
        symmetric = builder.symmetric;
        digest = builder.digest;
        aead = builder.aead;
        strengthBits = builder.strengthBits;
        algorithmBits = builder.algorithmBits;
        description = builder.description;
    }

    /** Starts one of which nothing is known but its number and its names. */
    public static Builder builder(int id, String name, String ianaName) {
        return new Builder(id, name, ianaName);
    }

    /** Starts from this one. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The two bytes of the IANA registry, for instance 0xC02F (Python adds OpenSSL's prefix 0x03000000). */
    public int id() {
        return id;
    }

    /** OpenSSL's name, for instance {@code ECDHE-RSA-AES128-GCM-SHA256}. */
    public String name() {
        return name;
    }

    /** The registry's name, for instance {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}. */
    public String ianaName() {
        return ianaName;
    }

    /**
     * The oldest version that can use it, by OpenSSL's name: {@code SSLv3}, {@code TLSv1.0}, {@code TLSv1.2} or {@code
     * TLSv1.3}.
     */
    public String protocol() {
        return protocol;
    }

    /** The key exchange, for instance {@code kx-ecdhe}; {@code kx-any} for TLS 1.3. */
    public String kea() {
        return kea;
    }

    /** The authentication, for instance {@code auth-rsa}; {@code auth-any} for TLS 1.3. */
    public String auth() {
        return auth;
    }

    /** The cipher, for instance {@code aes-128-gcm}. */
    public String symmetric() {
        return symmetric;
    }

    /** The MAC's digest, for instance {@code sha256}, or the empty string for an AEAD. */
    public String digest() {
        return digest;
    }

    /** Whether the cipher authenticates by itself. */
    public boolean aead() {
        return aead;
    }

    /** The bits of security, for instance 112 for triple DES. */
    public int strengthBits() {
        return strengthBits;
    }

    /** The bits of the key. */
    public int algorithmBits() {
        return algorithmBits;
    }

    /** The line that {@code openssl ciphers -v} prints. */
    public String description() {
        return description;
    }

    /** Whether this suite belongs to TLS 1.3, whose suites name no key exchange and no authentication. */
    public boolean tls13() {
        return protocol.equals("TLSv1.3");
    }

    /** Whether a leaked long-term key leaves earlier connections secret (TLS 1.3, DHE and ECDHE). */
    public boolean forwardSecret() {
        return tls13() || kea.startsWith("kx-ecdhe") || kea.startsWith("kx-dhe");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CipherSuite that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    /** OpenSSL's name. */
    @Override
    public String toString() {
        return name;
    }

    private List<Object> facts() {
        return Arrays.asList(
                id,
                name,
                ianaName,
                protocol,
                kea,
                auth,
                symmetric,
                digest,
                aead,
                strengthBits,
                algorithmBits,
                description);
    }

    /** What is known of a suite, in any order. Not thread-safe. */
    public static final class Builder {
        private int id;
        private String name;
        private String ianaName;
        private String protocol = "";
        private String kea = "";
        private String auth = "";
        private String symmetric = "";
        private String digest = "";
        private boolean aead = false;
        private int strengthBits = 0;
        private int algorithmBits = 0;
        private String description = "";

        private Builder(int id, String name, String ianaName) {
            this.id = id;
            this.name = Objects.requireNonNull(name, "name");
            this.ianaName = Objects.requireNonNull(ianaName, "ianaName");
        }

        private Builder(CipherSuite from) {
            id = from.id;
            name = from.name;
            ianaName = from.ianaName;
            protocol = from.protocol;
            kea = from.kea;
            auth = from.auth;
            symmetric = from.symmetric;
            digest = from.digest;
            aead = from.aead;
            strengthBits = from.strengthBits;
            algorithmBits = from.algorithmBits;
            description = from.description;
        }

        /** See {@link CipherSuite#id}. */
        public Builder id(int id) {
            this.id = id;
            return this;
        }

        /** See {@link CipherSuite#name}. */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /** See {@link CipherSuite#ianaName}. */
        public Builder ianaName(String ianaName) {
            this.ianaName = Objects.requireNonNull(ianaName, "ianaName");
            return this;
        }

        /** See {@link CipherSuite#protocol}. */
        public Builder protocol(String protocol) {
            this.protocol = Objects.requireNonNull(protocol, "protocol");
            return this;
        }

        /** See {@link CipherSuite#kea}. */
        public Builder kea(String kea) {
            this.kea = Objects.requireNonNull(kea, "kea");
            return this;
        }

        /** See {@link CipherSuite#auth}. */
        public Builder auth(String auth) {
            this.auth = Objects.requireNonNull(auth, "auth");
            return this;
        }

        /** See {@link CipherSuite#symmetric}. */
        public Builder symmetric(String symmetric) {
            this.symmetric = Objects.requireNonNull(symmetric, "symmetric");
            return this;
        }

        /** See {@link CipherSuite#digest}. */
        public Builder digest(String digest) {
            this.digest = Objects.requireNonNull(digest, "digest");
            return this;
        }

        /** See {@link CipherSuite#aead}. */
        public Builder aead(boolean aead) {
            this.aead = aead;
            return this;
        }

        /** See {@link CipherSuite#strengthBits}. */
        public Builder strengthBits(int strengthBits) {
            this.strengthBits = strengthBits;
            return this;
        }

        /** See {@link CipherSuite#algorithmBits}. */
        public Builder algorithmBits(int algorithmBits) {
            this.algorithmBits = algorithmBits;
            return this;
        }

        /** See {@link CipherSuite#description}. */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /** What has been said so far. */
        public CipherSuite build() {
            return new CipherSuite(this);
        }
    }
}
