package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.SecretLabel;
import io.omnitls.spi.SecretListener;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines that one connection contributes to a key log (RFC 9850). A line begins with the client's random number, which
 * is known before any secret is: a server heard it, and a client has sent it, before anything can be derived.
 */
public final class ConnectionKeyLog implements SecretListener {
    private final Lines lines;
    private final ReentrantLock turn = new ReentrantLock();
    private final Set<SecretLabel> written = EnumSet.noneOf(SecretLabel.class); // guarded by turn
    private volatile Optional<Bytes> clientRandom = Optional.empty();
    private volatile Optional<Exception> failure = Optional.empty();

    /** Where lines go. */
    public interface Lines {
        /** Takes one line, without its end. */
        void line(String line) throws IOException;
    }

    public ConnectionKeyLog(Lines lines) {
        this.lines = lines;
    }

    /** The client's random number is known. */
    public void clientRandom(Bytes random) {
        clientRandom = Optional.of(random);
    }

    /** An engine must not be disturbed, so what goes wrong is kept for {@link #requireWritten}. */
    @Override
    public void secret(SecretLabel label, byte[] secret) {
        turn.lock();
        try {
            if (!written.add(label)) {
                return; // a backend may derive one twice
            }
            Bytes random = clientRandom.orElseThrow(() -> new IllegalStateException("no ClientHello was seen"));
            lines.line(label + " " + random + " " + Bytes.copyOf(secret));
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(e);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Makes sure that no line of a completed handshake is missing.
     *
     * @throws TlsException when one could not be written, or the backend has not told its secret
     */
    void requireWritten(TlsVersion version) throws TlsException {
        Set<SecretLabel> missing = missing(version);
        if (failure.isEmpty() && !missing.isEmpty()) {
            failure = Optional.of(new IllegalStateException("the backend did not tell " + missing));
        }
        if (failure.isPresent()) {
            throw new TlsException(
                    ErrorReason.CALLBACK_FAILED, "the key log could not be written: " + failure.get(), failure.get());
        }
    }

    private Set<SecretLabel> missing(TlsVersion version) {
        Set<SecretLabel> missing = version.atLeast(TlsVersion.TLS_1_3)
                ? EnumSet.range(SecretLabel.CLIENT_HANDSHAKE_TRAFFIC_SECRET, SecretLabel.EXPORTER_SECRET)
                : EnumSet.of(SecretLabel.CLIENT_RANDOM);
        turn.lock();
        try {
            missing.removeAll(written);
            return missing;
        } finally {
            turn.unlock();
        }
    }
}
