package io.omnitls;

import io.omnitls.internal.given.Given;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every fact that a handshake agreed on, as one immutable value, which later versions of this library may add to: two are
 * equal when all their facts are.
 */
public final class ConnectionInfo {
    private final String provider;
    private final TlsVersion version;
    private final CipherSuite cipher;
    private final Optional<NamedGroup> namedGroup;
    private final Optional<SignatureScheme> signatureScheme;
    private final Optional<String> applicationProtocol;
    private final Optional<String> serverName;
    private final boolean sessionReused;
    private final Bytes sessionId;
    private final List<X509Certificate> localChain;
    private final boolean fipsApproved;

    private ConnectionInfo(Builder builder) {
        provider = builder.provider;
        version = builder.version;
        cipher = builder.cipher;
        namedGroup = builder.namedGroup;
        signatureScheme = builder.signatureScheme;
        applicationProtocol = builder.applicationProtocol;
        serverName = builder.serverName;
        sessionReused = builder.sessionReused;
        sessionId = builder.sessionId;
        localChain = builder.localChain;
        fipsApproved = builder.fipsApproved;
    }

    /** Starts one with no more facts than these. For tests of what reads the facts of a connection. */
    public static Builder builder(String provider, TlsVersion version, CipherSuite cipher) {
        return new Builder(provider, version, cipher);
    }

    /** Starts from this one. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The name of the provider whose backend did it. */
    public String provider() {
        return provider;
    }

    /** The negotiated version. */
    public TlsVersion version() {
        return version;
    }

    /** The negotiated cipher suite. */
    public CipherSuite cipher() {
        return cipher;
    }

    /** The group of the key exchange; empty when none took place (a resumed TLS 1.2 session, or RSA key transport). */
    public Optional<NamedGroup> namedGroup() {
        return namedGroup;
    }

    /**
     * What the server's handshake was signed with; empty where nothing was signed now, and in TLS 1.3 where the backend
     * does not tell.
     */
    public Optional<SignatureScheme> signatureScheme() {
        return signatureScheme;
    }

    /** The protocol that ALPN selected, each char one byte; empty when none was. */
    public Optional<String> applicationProtocol() {
        return applicationProtocol;
    }

    /** The name in the ClientHello's server_name, an A-label; empty when there was none. */
    public Optional<String> serverName() {
        return serverName;
    }

    /** Whether an earlier session was resumed, so that no certificate was exchanged now. */
    public boolean sessionReused() {
        return sessionReused;
    }

    /** The session id; empty where the version or the backend has none. */
    public Bytes sessionId() {
        return sessionId;
    }

    /** The certificates that this end sent, its own first; empty when it sent none. */
    public List<X509Certificate> localChain() {
        return localChain;
    }

    /** Whether all of it was done in the approved mode of a validated module. */
    public boolean fipsApproved() {
        return fipsApproved;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionInfo that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    /** The facts in one line; of the certificates just the subject. */
    @Override
    public String toString() {
        return version + ", " + cipher + namedGroup.map(group -> ", " + group).orElse("")
                + signatureScheme.map(scheme -> ", " + scheme).orElse("")
                + applicationProtocol.map(protocol -> ", ALPN " + protocol).orElse("")
                + serverName.map(name -> ", for " + name).orElse("")
                + (localChain.isEmpty() ? "" : ", as " + localChain.get(0).getSubjectX500Principal())
                + (sessionReused ? ", resumed" : "") + (fipsApproved ? ", FIPS approved" : "") + ", by " + provider;
    }

    private List<Object> facts() {
        return Arrays.asList(
                provider,
                version,
                cipher,
                namedGroup,
                signatureScheme,
                applicationProtocol,
                serverName,
                sessionReused,
                sessionId,
                localChain,
                fipsApproved);
    }

    /** The facts of a handshake, in any order. Not thread-safe. */
    public static final class Builder {
        private String provider;
        private TlsVersion version;
        private CipherSuite cipher;
        private Optional<NamedGroup> namedGroup = Optional.empty();
        private Optional<SignatureScheme> signatureScheme = Optional.empty();
        private Optional<String> applicationProtocol = Optional.empty();
        private Optional<String> serverName = Optional.empty();
        private boolean sessionReused = false;
        private Bytes sessionId = Bytes.copyOf(new byte[0]);
        private List<X509Certificate> localChain = List.of();
        private boolean fipsApproved = false;

        private Builder(String provider, TlsVersion version, CipherSuite cipher) {
            this.provider = Objects.requireNonNull(provider, "provider");
            this.version = Objects.requireNonNull(version, "version");
            this.cipher = Objects.requireNonNull(cipher, "cipher");
        }

        private Builder(ConnectionInfo from) {
            provider = from.provider;
            version = from.version;
            cipher = from.cipher;
            namedGroup = from.namedGroup;
            signatureScheme = from.signatureScheme;
            applicationProtocol = from.applicationProtocol;
            serverName = from.serverName;
            sessionReused = from.sessionReused;
            sessionId = from.sessionId;
            localChain = from.localChain;
            fipsApproved = from.fipsApproved;
        }

        /** See {@link ConnectionInfo#provider}. */
        public Builder provider(String provider) {
            this.provider = Objects.requireNonNull(provider, "provider");
            return this;
        }

        /** See {@link ConnectionInfo#version}. */
        public Builder version(TlsVersion version) {
            this.version = Objects.requireNonNull(version, "version");
            return this;
        }

        /** See {@link ConnectionInfo#cipher}. */
        public Builder cipher(CipherSuite cipher) {
            this.cipher = Objects.requireNonNull(cipher, "cipher");
            return this;
        }

        /** See {@link ConnectionInfo#namedGroup}. */
        public Builder namedGroup(NamedGroup namedGroup) {
            this.namedGroup = Optional.of(Objects.requireNonNull(namedGroup, "namedGroup"));
            return this;
        }

        /** See {@link ConnectionInfo#signatureScheme}. */
        public Builder signatureScheme(SignatureScheme signatureScheme) {
            this.signatureScheme = Optional.of(Objects.requireNonNull(signatureScheme, "signatureScheme"));
            return this;
        }

        /** See {@link ConnectionInfo#applicationProtocol}. */
        public Builder applicationProtocol(String applicationProtocol) {
            this.applicationProtocol = Optional.of(Objects.requireNonNull(applicationProtocol, "applicationProtocol"));
            return this;
        }

        /** See {@link ConnectionInfo#serverName}. */
        public Builder serverName(String serverName) {
            this.serverName = Optional.of(Objects.requireNonNull(serverName, "serverName"));
            return this;
        }

        /** See {@link ConnectionInfo#sessionReused}. */
        public Builder sessionReused(boolean sessionReused) {
            this.sessionReused = sessionReused;
            return this;
        }

        /** See {@link ConnectionInfo#sessionId}. */
        public Builder sessionId(Bytes sessionId) {
            this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
            return this;
        }

        /** See {@link ConnectionInfo#localChain}. */
        public Builder localChain(List<X509Certificate> localChain) {
            this.localChain = List.copyOf(Given.all(localChain, "localChain"));
            return this;
        }

        /** See {@link ConnectionInfo#fipsApproved}. */
        public Builder fipsApproved(boolean fipsApproved) {
            this.fipsApproved = fipsApproved;
            return this;
        }

        /** What has been said so far. */
        public ConnectionInfo build() {
            return new ConnectionInfo(this);
        }
    }
}
