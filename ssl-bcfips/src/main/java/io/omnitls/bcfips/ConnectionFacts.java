package io.omnitls.bcfips;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.spi.KeyingMaterialSpec;
import io.omnitls.spi.SecretLabel;
import io.omnitls.spi.SecretListener;
import java.security.PrivateKey;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;

/** What is known of one connection that the backend does not tell. Filled in while its engine is at work. */
final class ConnectionFacts {
    private final Optional<SecretListener> secrets;
    private final boolean exports;

    private volatile Optional<NamedGroup> namedGroup = Optional.empty();
    private volatile Optional<SignatureScheme> peerScheme = Optional.empty();
    private volatile Optional<Epoch> epoch = Optional.empty();
    private Optional<ExporterSecret> exporter = Optional.empty(); // guarded by this
    private volatile boolean foreignKeyUsed; // true once, of any of the keys

    /**
     * @param secrets who wants to hear the secrets
     * @param exports whether what exporters start from is kept
     */
    ConnectionFacts(Optional<SecretListener> secrets, boolean exports) {
        this.secrets = secrets;
        this.exports = exports;
    }

    /**
     * The records' protection, and what about it counts later.
     *
     * @param resumed whether the secret is that of an earlier connection
     * @param extendedMasterSecret whether RFC 7627 was negotiated, in TLS 1.2
     */
    record Epoch(RecordCipher cipher, boolean tls13, boolean resumed, boolean extendedMasterSecret) {}

    /** The key exchange was completed in the group with this id; negative for one that has none. */
    void agreedIn(int group) {
        namedGroup = group < 0 ? Optional.empty() : Optional.of(NamedGroup.of(group));
    }

    /** The peer signed a handshake of TLS 1.3 with the scheme of this id. */
    void peerSignsWith(int scheme) {
        peerScheme = Optional.of(SignatureScheme.of(scheme));
    }

    /** What the peer signed a handshake of TLS 1.3 with. */
    Optional<SignatureScheme> peerScheme() {
        return peerScheme;
    }

    /** The records to come will be protected by {@code cipher}. */
    void protectedBy(RecordCipher cipher, TlsCryptoParameters parameters) {
        // The backend wipes this object when the handshake is complete, so what counts is copied now.
        SecurityParameters negotiated = parameters.getSecurityParametersHandshake();
        epoch = Optional.of(new Epoch(
                cipher,
                ProtocolVersion.TLSv13.equals(negotiated.getNegotiatedVersion()),
                negotiated.isResumedSession(),
                negotiated.isExtendedMasterSecret()));
    }

    /** This end proves its identity with {@code key}. */
    void authenticatesWith(PrivateKey key) {
        foreignKeyUsed |= !ApprovedMode.holds(key);
    }

    /** A secret of the key schedule was derived. */
    void derived(SecretLabel label, byte[] secret) {
        secrets.ifPresent(listener -> listener.secret(label, secret));
    }

    /** Keying material is exported from what {@code maker} makes, if it ever is. */
    synchronized void exportsFrom(Supplier<ExporterSecret> maker) {
        if (exports) {
            exporter.ifPresent(ExporterSecret::wipe);
            exporter = Optional.of(maker.get());
        }
    }

    /**
     * Exports keying material.
     *
     * @throws SSLException before the handshake and after {@link #wipe}
     */
    synchronized byte[] export(KeyingMaterialSpec wanted) throws SSLException {
        return exporter.orElseThrow(() -> new SSLException("the secrets are wiped"))
                .export(wanted);
    }

    /** Forgets the secrets; an export that is under way is completed before. */
    synchronized void wipe() {
        exporter.ifPresent(ExporterSecret::wipe);
        exporter = Optional.empty();
    }

    /** The latest protection; empty while everything is sent in the clear. */
    Optional<Epoch> epoch() {
        return epoch;
    }

    /** The group of the key exchange; empty where an old session is resumed or RSA carries the secret. */
    Optional<NamedGroup> namedGroup() {
        return namedGroup;
    }

    /** Whether the keys depend on the whole of this connection's handshake: by RFC 7627 in TLS 1.2, always in 1.3. */
    boolean masterSecretBoundToHandshake() {
        return epoch.filter(now -> now.tls13() || (now.extendedMasterSecret() && !now.resumed()))
                .isPresent();
    }

    /** Whether this end used a private key that the module does not hold. */
    boolean foreignKeyUsed() {
        return foreignKeyUsed;
    }
}
