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
 * <p>The defaults make an {@link EngineCall} of what they do, so that trust and key managers find their connection.
 *
 * <p>The core calls {@code wrap} from one thread and {@code unwrap} from one thread at a time. {@code unwrap} is only
 * given whole records, in a writable buffer that the engine may overwrite, which is in the heap until the handshake is complete; and once after delegated tasks, if the engine
 * then wants a record, empty buffers, so that it can throw what a task has left.
 *
 * <p>After whatever a method or a task throws, an {@code Error} included, the connection has failed: the core asks for the
 * alert with {@code wrap}, for {@link #endWith} if there is none, and for {@link #release}.
 */
public interface TlsEngine {

    /** The engine. The core reads its status and its sessions, and moves bytes only through the methods here. */
    SSLEngine sslEngine();

    /** Starts the handshake, once: {@link SSLEngine#beginHandshake()}. */
    default void beginHandshake() throws SSLException {
        EngineCall.<Object, SSLException>during(this, () -> {
            sslEngine().beginHandshake();
            return this;
        });
    }

    /**
     * Encrypts, or makes a handshake record: {@link SSLEngine#wrap(ByteBuffer, ByteBuffer)}. {@code target} has room for
     * the session's packet buffer; it is made larger for as long as the engine says BUFFER_OVERFLOW, because some engines put
     * small records of their own before the data. Bytes that were produced are sent whatever
     * the status is.
     */
    default SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return EngineCall.wrap(this, source, target);
    }

    /**
     * Takes one record in: {@link SSLEngine#unwrap(ByteBuffer, ByteBuffer[])}. The targets have room for as many bytes as the record
     * has; an engine that wants more says BUFFER_OVERFLOW, consumes nothing, and is called again with room for the session's
     * application buffer. BUFFER_UNDERFLOW is a broken promise of the engine. CLOSED means that the peer's close_notify was read,
     * and nothing else: no data comes with it, and an engine that says it of its own close_notify has to be corrected here. After a
     * failure {@code wrap} makes the alert.
     *
     * @param targets one; or two where the engine {@link #scatters}: the caller's, and one for what that has no room for. The array
     *     is the core's
     */
    default SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
        return EngineCall.unwrap(this, source, targets);
    }

    /** Whether a record is better taken into two targets than into one of the core's and copied from there. */
    default boolean scatters() {
        return true;
    }

    /**
     * Whether this engine copies what is in the heap, so that records had better be outside of it once the handshake is complete.
     * They are then where their transport takes that.
     */
    default boolean prefersDirect() {
        return false;
    }

    /** Whether {@code unwrap} leaves plaintext in its source, which the core then wipes. */
    default boolean decryptsInPlace() {
        return true;
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

    /**
     * Whether a {@link #wrap} without data may have more to hand out although the handshake is complete, by this engine's
     * status. False unless a backend hands out its records in portions.
     */
    default boolean moreToSend() {
        return false;
    }

    /** Whether a server's session tickets are made by the {@link #wrap} of its first data, and stand before that. */
    default boolean ticketsBeforeData() {
        return false;
    }

    /** Runs all delegated tasks on this thread. */
    default void runDelegatedTasks() {
        EngineCall.<Object, RuntimeException>during(this, () -> {
            for (Runnable task = sslEngine().getDelegatedTask();
                    task != null;
                    task = sslEngine().getDelegatedTask()) {
                task.run();
            }
            return this;
        });
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
        return JdkAlpn.selected(sslEngine());
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
    default Optional<ResumableSession> session() {
        return Optional.empty();
    }

    /**
     * Exports keying material of the completed handshake. Asked only where the context wants {@link
     * SecretUse#EXPORTERS}, and not after {@link #release}.
     */
    default byte[] exportKeyingMaterial(KeyingMaterialSpec wanted) throws SSLException {
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
