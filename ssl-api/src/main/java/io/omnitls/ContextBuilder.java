package io.omnitls;

import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.internal.given.Given;
import io.omnitls.internal.settings.AlpnProtocols;
import io.omnitls.internal.settings.BackendSettings;
import io.omnitls.internal.settings.ContextSettings;
import io.omnitls.internal.settings.IdentitySettings;
import io.omnitls.internal.settings.NegotiationSettings;
import io.omnitls.internal.settings.ProtocolSettings;
import io.omnitls.internal.settings.SecretSettings;
import io.omnitls.internal.settings.SessionSettings;
import io.omnitls.internal.settings.VerificationSettings;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.TlsProvider;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Collects the settings of a {@link TlsContext} and checks them together in {@link #build}. Not thread-safe; can be used
 * again, also by {@link TlsContext#toBuilder} with all that an earlier context was built with.
 *
 * <p>A method replaces what it set before, except for those that add: {@link #certificateChain}, which {@link
 * #clearCertificateChains} undoes, and {@link #options} and {@link #clearOptions}, which undo each other. Lists are taken
 * out by setting an empty one.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ContextBuilder<B extends ContextBuilder<B>>
        permits ClientContext.Builder, ServerContext.Builder {
    BackendSettings backend;
    ProtocolSettings protocol;
    NegotiationSettings negotiation;
    IdentitySettings identity;
    VerificationSettings verification;
    SessionSettings sessions;
    SecretSettings secrets;
    private boolean postHandshakeAuth;
    Callbacks callbacks;

    ContextBuilder(ContextSettings settings, Callbacks callbacks) {
        this.backend = settings.backend();
        this.protocol = settings.protocol();
        this.negotiation = settings.negotiation();
        this.identity = settings.identity();
        this.verification = settings.verification();
        this.sessions = settings.sessions();
        this.secrets = settings.secrets();
        this.postHandshakeAuth = settings.postHandshakeAuth();
        this.callbacks = callbacks;
    }

    /** What was asked for so far. */
    final ContextSettings settings() {
        return new ContextSettings(
                backend, protocol, negotiation, identity, verification, sessions, secrets, postHandshakeAuth);
    }

    /** Chooses the crypto backend by {@link TlsProvider#name}; otherwise {@link TlsProviders} chooses. */
    public B provider(String name) {
        Objects.requireNonNull(name, "name");
        backend = backend.with(() -> TlsProviders.named(name));
        return self();
    }

    /**
     * Chooses this crypto backend, wherever it came from: for programs that find providers themselves, for instance in a
     * class loader of their own. {@link #build} refuses one that does not work in this process.
     */
    public B provider(TlsProvider instance) {
        Objects.requireNonNull(instance, "instance");
        backend = backend.with(() -> TlsProviders.requireWorking(instance));
        return self();
    }

    /**
     * Asks for the approved mode of a validated module. Unless {@link #provider} or the system property names a
     * provider, one that works in that mode is chosen; {@link #build} refuses one that does not, and keys that the
     * module does not hold. A handshake that turns out not to be approved, for instance in TLS 1.2 without
     * extended_master_secret (RFC 7627), fails with NOT_FIPS_APPROVED.
     */
    public B requireFips() {
        backend = backend.withFips();
        return self();
    }

    /**
     * The oldest version to negotiate; TLS 1.2 unless set. One that is older than all that the provider has means from its
     * oldest on, as in OpenSSL, and {@link TlsContext#minimumVersion} says which that is. {@link #build} refuses SSL 3.0
     * (RFC 7568).
     */
    public B minimumVersion(TlsVersion version) {
        Objects.requireNonNull(version, "version");
        protocol = protocol.withMinimum(version);
        return self();
    }

    /** The newest version to negotiate; the newest that the provider has unless set. */
    public B maximumVersion(TlsVersion version) {
        Objects.requireNonNull(version, "version");
        protocol = protocol.withMaximum(version);
        return self();
    }

    /**
     * Chooses the cipher suites in OpenSSL's cipher-list language, for instance
     * {@code ECDHE+AESGCM:!aNULL:@STRENGTH:@SECLEVEL=2}; registry (IANA) names are understood too. As in OpenSSL
     * the list is about TLS 1.2 and older; those of TLS 1.3 are chosen with {@link #ciphersuites}. {@link #build} throws
     * a {@link TlsException}, INVALID_COMMAND for a list that cannot be read and NO_CIPHER_MATCH for one that selects
     * nothing; {@link CipherList#parse} tells without a context.
     *
     * @see <a href="https://docs.openssl.org/3.0/man1/openssl-ciphers/">openssl-ciphers</a>
     */
    public B ciphers(String list) {
        Objects.requireNonNull(list, "list");
        negotiation = negotiation.withCiphers(list);
        return self();
    }

    /**
     * Chooses the cipher suites of TLS 1.3 by their names, in order of preference, with colons between them: OpenSSL's
     * {@code SSL_CTX_set_ciphersuites} and {@code -ciphersuites}; all of the backend's in its own order unless set.
     * {@link #build} refuses a name that no suite of TLS 1.3 has, which OpenSSL passes over; an empty string while
     * TLS 1.3 is enabled; and names while it is not.
     *
     * @see <a href="https://docs.openssl.org/3.0/man3/SSL_CTX_set_ciphersuites/">SSL_CTX_set_ciphersuites</a>
     */
    public B ciphersuites(String list) {
        Objects.requireNonNull(list, "list");
        negotiation = negotiation.withCiphersuites(list);
        return self();
    }

    /**
     * OpenSSL's security level, which bounds key sizes and digests of certificates; 2 (112 bits) unless set here
     * or in the cipher list.
     *
     * @param level 0 to 5
     * @throws IllegalArgumentException when it is outside of that
     */
    public B securityLevel(int level) {
        negotiation = negotiation.with(SecurityLevel.of(level));
        return self();
    }

    /** The named groups for key exchange, in order of preference; the backend's own unless set. */
    public B groups(NamedGroup... inOrderOfPreference) {
        Given.all(inOrderOfPreference, "inOrderOfPreference");
        negotiation = negotiation.withGroups(List.of(inOrderOfPreference));
        return self();
    }

    /**
     * The one group for key exchange, by the registry's, OpenSSL's or NIST's name: Python's {@code set_ecdh_curve}.
     *
     * @throws IllegalArgumentException when no group has that name
     */
    public B ecdhCurve(String name) {
        Objects.requireNonNull(name, "name");
        return groups(NamedGroup.of(name)
                .orElseThrow(() -> new IllegalArgumentException("no group for key exchange is named " + name)));
    }

    /**
     * The signature schemes of handshakes: what this end offers to its peer, accepts from it and signs with itself,
     * in order of preference; the backend's own unless set. OpenSSL's {@code SSL_CTX_set1_sigalgs}. Certificates are
     * not concerned: their signatures are a matter of {@link #securityLevel}. {@link #build} refuses schemes that
     * leave an enabled version, or an identity of this end, without any.
     */
    public B signatureSchemes(SignatureScheme... inOrderOfPreference) {
        Given.all(inOrderOfPreference, "inOrderOfPreference");
        negotiation = negotiation.withSignatureSchemes(List.of(inOrderOfPreference));
        return self();
    }

    /**
     * The same, as OpenSSL writes it: {@code ECDSA+SHA256:RSA-PSS+SHA256:ed25519}, or registry names.
     *
     * @throws IllegalArgumentException when one of the names is nobody's
     * @see <a href="https://docs.openssl.org/3.0/man3/SSL_CTX_set1_sigalgs/">SSL_CTX_set1_sigalgs_list</a>
     */
    public B signatureSchemes(String list) {
        Objects.requireNonNull(list, "list");
        List<SignatureScheme> schemes = new ArrayList<>();
        for (String name : list.split(":", -1)) {
            schemes.add(SignatureScheme.of(name)
                    .orElseThrow(() -> new IllegalArgumentException("no signature scheme is named '" + name + "'")));
        }
        return signatureSchemes(schemes.toArray(new SignatureScheme[0]));
    }

    /**
     * The protocols that ALPN (RFC 7301) offers, on a client, or selects from, on a server, in order of preference,
     * each char one byte. When the two ends have none in common the connection goes on without one.
     */
    public B alpnProtocols(String... inOrderOfPreference) {
        Given.all(inOrderOfPreference, "inOrderOfPreference");
        negotiation = negotiation.with(new AlpnProtocols(List.of(inOrderOfPreference)));
        return self();
    }

    /**
     * Adds an identity of this end to those that it has: a certificate chain and its key, for instance an RSA certificate
     * beside an ECDSA one. A server answers with the first of them that the client can verify, so add the one that you
     * prefer first; a client with the first that the server asks for, by kind of key and issuer. Where a context is to have
     * another identity than the one it derives from, call {@link #clearCertificateChains} before.
     *
     * <p>A key that is good for none of the allowed versions is refused by {@link #build}: TLS 1.3 signs with neither DSA nor
     * EC keys on other curves than P-256, P-384 and P-521. Where TLS 1.2 is allowed too, a server without another key
     * negotiates no more than that, see {@link TlsContext#maximumVersion}, and a client shows such a certificate in TLS 1.2
     * alone; both as OpenSSL.
     *
     * @see #autoChain
     */
    public B certificateChain(Credentials identity) {
        Objects.requireNonNull(identity, "identity");
        this.identity = this.identity.with(identity);
        return self();
    }

    /** Adds an identity from PEM files: {@link Credentials#pem(Path, Path)}. */
    public B certificateChain(Path chain, Path key) {
        return certificateChain(Credentials.pem(chain, key));
    }

    /** Takes all identities out that were added before, those of the context that {@code toBuilder} started from too. */
    public B clearCertificateChains() {
        identity = identity.withoutCredentials();
        return self();
    }

    /**
     * Whether an identity that is a certificate without any issuers is sent with those that are found among what this
     * context trusts, up to the root: OpenSSL's behaviour, which SSL_MODE_NO_AUTO_CHAIN turns off. On unless turned off.
     * {@link #build} holds the issuers to the security level like any of a chain.
     */
    public B autoChain(boolean complete) {
        identity = identity.withAutoChain(complete);
        return self();
    }

    /** Whom to trust; replaces what was set before. */
    public B verifyLocations(TrustStore trustStore) {
        Objects.requireNonNull(trustStore, "trustStore");
        verification = verification.with(trustStore);
        return self();
    }

    /** Trusts the certificates in a PEM or DER file, and nobody else. */
    public B verifyLocations(Path cafile) {
        return verifyLocations(TrustStore.builder().file(cafile).build());
    }

    /** What is asked of the peer's certificate: REQUIRED on a client and NONE on a server unless set. */
    public B verifyMode(VerifyMode mode) {
        Objects.requireNonNull(mode, "mode");
        verification = verification.with(mode);
        return self();
    }

    /** Changes to the rules of verification; replaces what was set before. */
    public B verifyFlags(VerifyFlag... flags) {
        Given.all(flags, "flags");
        verification = verification.withFlags(new HashSet<>(List.of(flags)));
        return self();
    }

    /**
     * How many certificates may stand between the peer's certificate and the trust anchor: {@code
     * SSL_CTX_set_verify_depth}; {@link VerifyProfile#maxChainDepth} unless set.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public B maxChainDepth(int depth) {
        verification = verification.withMaxDepth(depth);
        return self();
    }

    /**
     * By whose rules the peer's certificate is judged; by {@link VerifyProfile#OPENSSL}'s unless set. {@link #build}
     * refuses {@link VerifyProfile#WEBPKI} together with {@code hostnameChecksCommonName}.
     */
    public B verifyProfile(VerifyProfile profile) {
        Objects.requireNonNull(profile, "profile");
        verification = verification.with(profile);
        return self();
    }

    /**
     * Whether, where the path that OpenSSL builds to a trust anchor fails in any check, other paths are tried: so a
     * server is accepted whose chain has an expired or a wrong twin of the certificate that would do. The work is
     * bounded, and the code for a failure remains that of OpenSSL's path. Off unless set; {@link
     * VerifyProfile#WEBPKI} does it always.
     */
    public B backtracking(boolean otherPaths) {
        verification = verification.withBacktracking(otherPaths);
        return self();
    }

    /** The clock that certificates are judged by, and the age of the sessions that a client keeps; the system's unless set. */
    public B clock(Clock source) {
        Objects.requireNonNull(source, "source");
        verification = verification.with(source);
        return self();
    }

    /**
     * Turns these options on, and leaves the others as they are: {@code SSL_CTX_set_options}. Those that are always on can
     * be named too. {@link TlsOption#CIPHER_SERVER_PREFERENCE} has no effect on a client, as in OpenSSL: it is the server
     * who chooses.
     */
    public B options(TlsOption... on) {
        Given.all(on, "on");
        protocol = protocol.with(on);
        return self();
    }

    /**
     * Turns these options off, and leaves the others as they are: {@code SSL_CTX_clear_options}.
     *
     * @throws IllegalArgumentException when one of them is always on
     */
    public B clearOptions(TlsOption... off) {
        Given.all(off, "off");
        for (TlsOption option : off) {
            if (option.alwaysOn()) {
                throw new IllegalArgumentException(option + " is always on");
            }
        }
        protocol = protocol.without(off);
        return self();
    }

    /**
     * Whether a client offers, and a server may use, authentication after the handshake (RFC 8446 section 4.2.6): Python's
     * {@code post_handshake_auth}. Off; {@link #build} refuses it, since no backend can do it. Ask in the handshake, with
     * {@link #verifyMode}.
     */
    public B postHandshakeAuth(boolean offer) {
        this.postHandshakeAuth = offer;
        return self();
    }

    /**
     * Lets connections export keying material and be bound to: {@link TlsConnection#exportKeyingMaterial} and the
     * channel bindings tls-unique and tls-exporter. Off unless asked for, since a secret is kept for it as long as a
     * connection lasts. {@link #build} refuses it where the backend cannot.
     */
    public B exporters(boolean keep) {
        secrets = new SecretSettings(keep);
        return self();
    }

    /**
     * Appends the secrets of every connection to {@code file}, for Wireshark and its like: Python's {@code
     * keylog_filename}. Whoever has the file can read the connections. {@link #build} opens it, and refuses it where
     * the backend does not tell the secrets of every enabled version, as none does in FIPS approved mode.
     */
    public B keyLogFile(Path file) {
        Objects.requireNonNull(file, "file");
        return keyLog(() -> KeyLog.appendingTo(file));
    }

    /** Hands the secrets of every connection to {@code log}; otherwise as {@link #keyLogFile}. */
    public B keyLog(KeyLog log) {
        Objects.requireNonNull(log, "log");
        return keyLog(() -> log);
    }

    /** Tells the secrets to nobody, whatever was set before. */
    public B clearKeyLog() {
        callbacks = callbacks.withoutKeyLog();
        return self();
    }

    private B keyLog(Callbacks.KeyLogSource source) {
        callbacks = callbacks.with(source);
        return self();
    }

    /**
     * {@link #keyLogFile} with the file that the environment variable {@code SSLKEYLOGFILE} names, as browsers, curl
     * and Python do; without it, nothing. The default contexts do so by themselves.
     */
    public B keyLogFromEnvironment() {
        String file = System.getenv("SSLKEYLOGFILE");
        return file == null || file.isEmpty() ? self() : keyLogFile(Paths.get(file));
    }

    /**
     * Shows the messages of every connection to {@code observer}; replaces one that was set before. On a server it is the
     * one of the context that is asked, whoever then answers: it sees the first byte.
     */
    public B handshakeObserver(HandshakeObserver observer) {
        callbacks = callbacks.with(Objects.requireNonNull(observer, "observer"));
        return self();
    }

    /**
     * Tells {@code trace} what becomes of every connection; replaces one that was set before, see {@link TlsTrace#all}. On a
     * server it is the one of the context that is asked, whoever then answers: it hears of what comes before that, too. A {@link
     * ReloadableContext} tells it of files that have changed.
     */
    public B trace(TlsTrace trace) {
        callbacks = callbacks.withTrace(Objects.requireNonNull(trace, "trace"));
        return self();
    }

    /** Tells nobody, whatever was set before. */
    public B clearTrace() {
        callbacks = callbacks.withoutTrace();
        return self();
    }

    /**
     * Loads the files, checks everything together and opens the context. What it throws comes in two families, one for
     * the program and one for what the program was given.
     *
     * @throws IllegalArgumentException when settings contradict each other or name what nobody knows; as an {@link
     *     io.omnitls.error.UnsupportedFeatureException} when the provider cannot do what was asked
     * @throws TlsException when a file, a certificate, a key or a cipher list is not what it should be
     * @throws IllegalStateException when no provider works in this process, or not the one that was named
     */
    public abstract TlsContext build() throws TlsException;

    @SuppressWarnings("unchecked") // B is the builder itself
    private B self() {
        return (B) this;
    }
}
