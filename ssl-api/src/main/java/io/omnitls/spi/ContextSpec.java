package io.omnitls.spi;

import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A context in which everything is decided: what {@link TlsProvider#open} receives. Nothing in it is beyond the
 * provider's {@link Capabilities}. An immutable value, which later versions of this library may say more in.
 */
public final class ContextSpec {
    private final Role role;
    private final List<TlsVersion> versions;
    private final List<CipherSuite> cipherSuites;
    private final boolean preferServerCiphers;
    private final List<NamedGroup> groups;
    private final List<SignatureScheme> signatureSchemes;
    private final Optional<DhParameters> dhParameters;
    private final SessionSpec sessions;
    private final Set<SecretUse> secretUses;
    private final VerifyMode verifyMode;
    private final X509ExtendedKeyManager keyManager;
    private final X509ExtendedTrustManager trustManager;

    private ContextSpec(Builder builder) {
        role = builder.role;
        versions = builder.versions;
        cipherSuites = builder.cipherSuites;
        preferServerCiphers = builder.preferServerCiphers;
        groups = builder.groups;
        signatureSchemes = builder.signatureSchemes;
        dhParameters = builder.dhParameters;
        sessions = builder.sessions;
        secretUses = builder.secretUses;
        verifyMode = builder.verifyMode;
        keyManager = builder.keyManager;
        trustManager = builder.trustManager;
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("a context has one version at the least");
        }
    }

    /**
     * Starts one with nothing but this: the backend's own groups and schemes, no suites, no tickets and no secrets told.
     *
     * @param versions see {@link #versions}
     */
    public static Builder builder(
            Role role,
            List<TlsVersion> versions,
            X509ExtendedKeyManager keyManager,
            X509ExtendedTrustManager trustManager) {
        return new Builder(role, versions, keyManager, trustManager);
    }

    /** Starts from this one. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The end that the context's connections play. */
    public Role role() {
        return role;
    }

    /** The enabled versions, oldest first; a range without holes, never empty. */
    public List<TlsVersion> versions() {
        return versions;
    }

    /** The enabled suites of all versions, in order of preference. */
    public List<CipherSuite> cipherSuites() {
        return cipherSuites;
    }

    /** Whether a server's order decides; otherwise the client's. */
    public boolean preferServerCiphers() {
        return preferServerCiphers;
    }

    /** The named groups in order of preference; empty for the backend's own. */
    public List<NamedGroup> groups() {
        return groups;
    }

    /**
     * The schemes of handshake signatures that this end offers, accepts and signs with, in order of preference; empty
     * for the backend's own.
     */
    public List<SignatureScheme> signatureSchemes() {
        return signatureSchemes;
    }

    /**
     * On a server, the group of finite-field Diffie-Hellman in TLS 1.2 and older; empty for the backend's own choice.
     */
    public Optional<DhParameters> dhParameters() {
        return dhParameters;
    }

    /** How sessions are kept. */
    public SessionSpec sessions() {
        return sessions;
    }

    /** What the connections' secrets are wanted for; nothing else is told of them, and to nobody. */
    public Set<SecretUse> secretUses() {
        return secretUses;
    }

    /**
     * On a server, whether to ask for a certificate. Asking is the engine's job, judging is {@link #trustManager}'s,
     * which knows the mode too.
     */
    public VerifyMode verifyMode() {
        return verifyMode;
    }

    /** Chooses this end's identity; never asks for a password, and may hold keys that cannot be exported. */
    public X509ExtendedKeyManager keyManager() {
        return keyManager;
    }

    /** Judges the peer. Install it as it is; it throws {@link VerifyFailure} and nothing else. */
    public X509ExtendedTrustManager trustManager() {
        return trustManager;
    }

    /** The names that JSSE-style backends know the enabled versions by. */
    public String[] protocolNames() {
        return versions.stream().map(TlsVersion::protocolName).toArray(String[]::new);
    }

    /** The registry (IANA) names of the enabled suites. */
    public String[] cipherSuiteNames() {
        return cipherSuites.stream().map(CipherSuite::ianaName).toArray(String[]::new);
    }

    /** What a context is made of, in any order. Not thread-safe. */
    public static final class Builder {
        private Role role;
        private List<TlsVersion> versions;
        private List<CipherSuite> cipherSuites = List.of();
        private boolean preferServerCiphers = true;
        private List<NamedGroup> groups = List.of();
        private List<SignatureScheme> signatureSchemes = List.of();
        private Optional<DhParameters> dhParameters = Optional.empty();
        private SessionSpec sessions = SessionSpec.NO_TICKETS;
        private Set<SecretUse> secretUses = Set.of();
        private VerifyMode verifyMode = VerifyMode.NONE;
        private X509ExtendedKeyManager keyManager;
        private X509ExtendedTrustManager trustManager;

        private Builder(
                Role role,
                List<TlsVersion> versions,
                X509ExtendedKeyManager keyManager,
                X509ExtendedTrustManager trustManager) {
            this.role = Objects.requireNonNull(role, "role");
            this.versions = List.copyOf(versions);
            this.keyManager = Objects.requireNonNull(keyManager, "keyManager");
            this.trustManager = Objects.requireNonNull(trustManager, "trustManager");
        }

        private Builder(ContextSpec from) {
            role = from.role;
            versions = from.versions;
            cipherSuites = from.cipherSuites;
            preferServerCiphers = from.preferServerCiphers;
            groups = from.groups;
            signatureSchemes = from.signatureSchemes;
            dhParameters = from.dhParameters;
            sessions = from.sessions;
            secretUses = from.secretUses;
            verifyMode = from.verifyMode;
            keyManager = from.keyManager;
            trustManager = from.trustManager;
        }

        /** See {@link ContextSpec#role}. */
        public Builder role(Role role) {
            this.role = Objects.requireNonNull(role, "role");
            return this;
        }

        /** See {@link ContextSpec#versions}. */
        public Builder versions(List<TlsVersion> versions) {
            this.versions = List.copyOf(versions);
            return this;
        }

        /** See {@link ContextSpec#cipherSuites}. */
        public Builder cipherSuites(List<CipherSuite> cipherSuites) {
            this.cipherSuites = List.copyOf(cipherSuites);
            return this;
        }

        /** See {@link ContextSpec#preferServerCiphers}. */
        public Builder preferServerCiphers(boolean preferServerCiphers) {
            this.preferServerCiphers = preferServerCiphers;
            return this;
        }

        /** See {@link ContextSpec#groups}. */
        public Builder groups(List<NamedGroup> groups) {
            this.groups = List.copyOf(groups);
            return this;
        }

        /** See {@link ContextSpec#signatureSchemes}. */
        public Builder signatureSchemes(List<SignatureScheme> signatureSchemes) {
            this.signatureSchemes = List.copyOf(signatureSchemes);
            return this;
        }

        /** See {@link ContextSpec#dhParameters}. */
        public Builder dhParameters(DhParameters dhParameters) {
            this.dhParameters = Optional.of(Objects.requireNonNull(dhParameters, "dhParameters"));
            return this;
        }

        /** See {@link ContextSpec#sessions}. */
        public Builder sessions(SessionSpec sessions) {
            this.sessions = Objects.requireNonNull(sessions, "sessions");
            return this;
        }

        /** See {@link ContextSpec#secretUses}. */
        public Builder secretUses(Set<SecretUse> secretUses) {
            this.secretUses = Set.copyOf(secretUses);
            return this;
        }

        /** See {@link ContextSpec#verifyMode}. */
        public Builder verifyMode(VerifyMode verifyMode) {
            this.verifyMode = Objects.requireNonNull(verifyMode, "verifyMode");
            return this;
        }

        /** See {@link ContextSpec#keyManager}. */
        public Builder keyManager(X509ExtendedKeyManager keyManager) {
            this.keyManager = Objects.requireNonNull(keyManager, "keyManager");
            return this;
        }

        /** See {@link ContextSpec#trustManager}. */
        public Builder trustManager(X509ExtendedTrustManager trustManager) {
            this.trustManager = Objects.requireNonNull(trustManager, "trustManager");
            return this;
        }

        /** Leaves the group of finite-field Diffie-Hellman to the backend. */
        public Builder clearDhParameters() {
            dhParameters = Optional.empty();
            return this;
        }

        /** What has been said so far. */
        public ContextSpec build() {
            return new ContextSpec(this);
        }
    }
}
