package io.omnitls.jsse;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.DhParameters;
import io.omnitls.spi.EngineCall;
import io.omnitls.spi.HkdfLabel;
import io.omnitls.spi.KeyingMaterialSpec;
import io.omnitls.spi.SecretLabel;
import io.omnitls.spi.SecretListener;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLException;

/**
 * What {@link JceObserver} has seen of one connection. All that SunJSSE does for a connection happens inside a call of
 * that connection's engine or of a task of it, on the caller's thread, so {@link EngineCall} tells whose turn it is.
 */
final class ObservedConnection {
    private static final int VERIFY_DATA = 12;

    private final Optional<SecretListener> listener;
    private final boolean exports;
    private final Optional<DhParameters> dhParameters;

    private Optional<ExporterSecret> exporter = Optional.empty(); // guarded by this
    private volatile Optional<Bytes> firstFinished = Optional.empty();
    private boolean expandingKeys; // by the thread at work: inside SunTls12KeyMaterial, and nowhere else

    /**
     * @param listener who wants to hear the secrets
     * @param exports whether what exporters start from is kept
     * @param dhParameters the group of finite-field Diffie-Hellman, if it is not to be SunJSSE's choice
     */
    ObservedConnection(Optional<SecretListener> listener, boolean exports, Optional<DhParameters> dhParameters) {
        this.listener = listener;
        this.exports = exports;
        this.dhParameters = dhParameters;
    }

    /** The connection that this thread works for, if it is an observed one. */
    static Optional<ObservedConnection> atWork() {
        return EngineCall.engine(JsseEngine.Observed.class).map(JsseEngine.Observed::connection);
    }

    /** Whether services of this type have something to observe now. */
    boolean observes(String type) {
        return switch (type) {
            case "MessageDigest" -> expandingKeys;
            case "KeyPairGenerator" -> dhParameters.isPresent();
            default -> true;
        };
    }

    /** The master secret of TLS 1.2 is expanded to keys (RFC 5246 section 6.3); the digests of that are observed. */
    SecretKey expandKeys(KeyGenerator keyMaterial) {
        expandingKeys = true;
        try {
            return keyMaterial.generateKey();
        } finally {
            expandingKeys = false;
        }
    }

    /** The key block of TLS 1.2 is expanded from {@code master}; the caller wipes it. */
    void expandsKeysFrom(String hmac, byte[] master, Bytes clientAndServerRandom) {
        tell(SecretLabel.CLIENT_RANDOM, master);
        if (exports) {
            exportsFrom(new ExporterSecret.Tls12(hmac, master.clone(), clientAndServerRandom));
        }
    }

    /** The key schedule of TLS 1.3 has derived {@code secret} from {@code parent}; the caller wipes the parent. */
    void derived(String hmac, byte[] parent, HkdfLabel label, byte[] secret) {
        Optional<SecretLabel> known = SecretLabel.of(label);
        if (known.isEmpty() || known.get() == SecretLabel.EXPORTER_SECRET) {
            return;
        }
        tell(known.get(), secret);
        if (known.get() == SecretLabel.CLIENT_TRAFFIC_SECRET_0) {
            // It has the parent and the transcript of the exporter secret, which JDK 17 never derives.
            byte[] exporterSecret = ExporterSecret.Tls13.expand(
                    hmac,
                    parent,
                    new HkdfLabel(secret.length, SecretLabel.EXPORTER_SECRET.derivation(), label.context()));
            tell(SecretLabel.EXPORTER_SECRET, exporterSecret);
            if (exports) {
                exportsFrom(new ExporterSecret.Tls13(hmac, exporterSecret));
            } else {
                Arrays.fill(exporterSecret, (byte) 0);
            }
        }
    }

    /** Whoever listens may do TLS of his own to get rid of it, which is none of this connection's. */
    private void tell(SecretLabel label, byte[] secret) {
        EngineCall.<Object, RuntimeException>outside(() -> {
            listener.ifPresent(hears -> hears.secret(label, secret));
            return this;
        });
    }

    /** A Finished message of TLS 1.2 is made (RFC 5246 section 7.4.9), to be sent or to be compared. */
    SecretKey makeFinished(KeyGenerator prf) {
        SecretKey result = prf.generateKey();
        byte[] verifyData = result.getEncoded();
        if (verifyData.length == VERIFY_DATA && firstFinished.isEmpty()) {
            firstFinished = Optional.of(Bytes.copyOf(verifyData));
        }
        return result;
    }

    /** The group that a server's keys of finite-field Diffie-Hellman come from; empty for SunJSSE's choice. */
    Optional<DhParameters> dhParameters() {
        return dhParameters;
    }

    private synchronized void exportsFrom(ExporterSecret secret) {
        exporter.ifPresent(ExporterSecret::wipe);
        exporter = Optional.of(secret);
    }

    /**
     * Exports keying material.
     *
     * @throws SSLException before the handshake and after {@link #wipe}
     */
    synchronized byte[] export(KeyingMaterialSpec wanted) throws SSLException {
        return exporter.orElseThrow(() -> new SSLException("the secrets were not seen, or are wiped"))
                .export(wanted);
    }

    /** The first Finished message of TLS 1.2. */
    Optional<Bytes> firstFinished() {
        return firstFinished;
    }

    /** Forgets the secrets; an export that is under way is completed before. */
    synchronized void wipe() {
        exporter.ifPresent(ExporterSecret::wipe);
        exporter = Optional.empty();
    }
}
