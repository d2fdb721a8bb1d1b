package io.omnitls.spi;

import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * One connection's engine: an {@link SSLEngine} and what cannot be said through its interface. The defaults are right
 * for a backend that keeps the contract of {@code SSLEngine}; override what yours does differently.
 *
 * <p>The core calls {@code wrap} from one thread and {@code unwrap} from one thread at a time. {@code unwrap} is only
 * given whole records, in a writable heap buffer that the engine may overwrite.
 */
public interface TlsEngine {

    /** The engine. The core reads its status and its sessions, and moves bytes only through the methods here. */
    SSLEngine sslEngine();

    /** Starts the handshake, once: {@link SSLEngine#beginHandshake()}. */
    default void beginHandshake() throws SSLException {
        sslEngine().beginHandshake();
    }

    /**
     * Encrypts, or makes a handshake record: {@link SSLEngine#wrap(ByteBuffer, ByteBuffer)}. {@code target} has room for
     * the session's packet buffer and for 16 KiB more, because some engines put small records of their own before the
     * data; it is made larger for as long as the engine says BUFFER_OVERFLOW. Bytes that were produced are sent whatever
     * the status is.
     */
    default SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return sslEngine().wrap(source, target);
    }

    /**
     * Takes one record in: {@link SSLEngine#unwrap(ByteBuffer, ByteBuffer)}. {@code target} has room for the session's
     * application buffer, so BUFFER_OVERFLOW and BUFFER_UNDERFLOW are broken promises of the engine. CLOSED means that
     * the peer's close_notify was read, and nothing else: no data comes with it, and an engine that says it of its own
     * close_notify has to be corrected here. After a failure {@code wrap} makes the alert.
     */
    default SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return sslEngine().unwrap(source, target);
    }

    /** Ends what this end sends; {@code wrap} then makes the close_notify: {@link SSLEngine#closeOutbound()}. */
    default void closeOutbound() throws SSLException {
        sslEngine().closeOutbound();
    }

    /**
     * Ends what this end sends for a reason that the core has found, and the engine does not know: {@code wrap} then makes
     * {@code alert} where the engine can make one on demand, and otherwise the close_notify.
     */
    default void endWith(AlertDescription alert) throws SSLException {
        closeOutbound();
    }

    /** Runs all delegated tasks on this thread. */
    default void runDelegatedTasks() {
        for (Runnable task = sslEngine().getDelegatedTask();
                task != null;
                task = sslEngine().getDelegatedTask()) {
            task.run();
        }
    }

    /**
     * Translates what the backend threw: the one place where a provider knows its backend's exceptions. The core has
     * dealt with {@link VerifyFailure} and with errors it found itself before it asks. The reason
     * CERTIFICATE_VERIFY_FAILED means that the backend could not read, or could not use, what the peer presented: the
     * core then judges the bytes itself, as far as it has seen them, and its verdict is what the user gets.
     */
    EngineFailure explain(Throwable failure);

    /** Who makes sure that the peer gets the alert that {@link VerifyFailure#alert()} names. */
    AlertChoice alertChoice();

    /** The protocol that ALPN selected, each char one byte, or empty. Asked once, when the handshake is complete. */
    default Optional<String> applicationProtocol() {
        String selected = sslEngine().getApplicationProtocol();
        return selected == null || selected.isEmpty() ? Optional.empty() : Optional.of(selected);
    }

    /**
     * The negotiated group, where the core cannot see it in the plaintext of the handshake; asked once, when the
     * handshake is complete.
     */
    default Optional<NamedGroup> namedGroup() {
        return Optional.empty();
    }

    /**
     * What the server's handshake was signed with, where the core cannot see it in the plaintext of the handshake; asked
     * once, when the handshake is complete.
     */
    default Optional<SignatureScheme> signatureScheme() {
        return Optional.empty();
    }

    /** Whether this connection was made in the approved mode of a validated module, with all that belongs to it. */
    default boolean fipsApproved() {
        return false;
    }

    /**
     * What the session of a client's connection can be resumed by, given to {@link EngineSpec.Client#session}; empty when
     * it cannot. Asked once, when the handshake is complete.
     */
    default Optional<Object> session() {
        return Optional.empty();
    }

    /**
     * Exports keying material of the completed handshake. Asked only where the context wants {@link
     * SecretUse#EXPORTERS}, and not after {@link #release}.
     *
     * @param context empty for none, which in TLS 1.2 is not the same as no bytes
     * @param length 1 to 8160 bytes
     */
    default byte[] exportKeyingMaterial(String label, Optional<Bytes> context, int length) throws SSLException {
        throw new UnsupportedOperationException("this provider exports no keying material");
    }

    /**
     * The first Finished message of a TLS 1.2 handshake. Asked once, when the handshake is complete; counts only
     * where the provider declares {@link Feature#TLS_UNIQUE} and the context wants {@link SecretUse#EXPORTERS}.
     */
    default Optional<Bytes> tlsUnique() {
        return Optional.empty();
    }

    /** Frees what the garbage collector does not; called once, after the last {@code wrap} and {@code unwrap}. */
    default void release() {}
}
