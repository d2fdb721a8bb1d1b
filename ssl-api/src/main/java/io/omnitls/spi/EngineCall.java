package io.omnitls.spi;

import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What the calling thread is doing: working for one engine. A backend calls trust managers, key managers and cryptography
 * without saying for which connection; what every backend keeps is the thread. So the core and the defaults of {@link
 * TlsEngine} call an engine {@link #during} such a call, and whoever is called back asks for the {@link #current} one.
 *
 * <p>Code of the application that runs inside of a call (a callback, a clock, a private key that asks a remote service to
 * sign) may begin another connection on the same thread. If that is one of this library, the innermost call is the one
 * that counts. Of a connection that somebody else's TLS makes nothing is known here: a provider that observes its backend by
 * the thread alone has to find out by other means which of the two is at work.
 *
 * <p>Thread-safe; a call belongs to its thread.
 */
public final class EngineCall {
    /**
     * The engine and what the core has said that its call is about. The array is the JDK's class and holds nothing between calls, so
     * a pooled thread keeps nothing of ours; and it is there once for each thread, as records are many.
     */
    private static final ThreadLocal<@Nullable Object[]> CURRENT = ThreadLocal.withInitial(() -> new Object[2]);

    private final Optional<Object> connection;

    private EngineCall(Optional<Object> connection) {
        this.connection = connection;
    }

    /**
     * Something that an engine does.
     *
     * @param <T> what comes of it
     * @param <E> what it throws, which whoever has it done throws as it is
     */
    public interface Work<T, E extends Exception> {
        /** Does it. */
        T run() throws E;
    }

    /** Works for {@code engine}: for the same connection as before where it stands over the same {@code SSLEngine}. */
    public static <T, E extends Exception> T during(TlsEngine engine, Work<T, E> work) throws E {
        @Nullable Object[] slot = CURRENT.get();
        return within(slot, engine, goesOn(slot, engine) ? slot[1] : null, work);
    }

    /** Works for {@code engine}, which is that of {@code connection}. */
    public static <T, E extends Exception> T during(TlsEngine engine, Object connection, Work<T, E> work) throws E {
        return within(CURRENT.get(), engine, connection, work);
    }

    /** Does something inside of a call that is none of the engine's business, as if it was made elsewhere. */
    public static <T, E extends Exception> T outside(Work<T, E> work) throws E {
        return within(CURRENT.get(), null, null, work);
    }

    private static <T, E extends Exception> T within(
            @Nullable Object[] slot, @Nullable TlsEngine engine, @Nullable Object connection, Work<T, E> work)
            throws E {
        Object outerEngine = slot[0];
        Object outerConnection = slot[1];
        set(slot, engine, connection);
        try {
            return work.run();
        } finally {
            set(slot, outerEngine, outerConnection);
        }
    }

    private static void set(@Nullable Object[] slot, @Nullable Object engine, @Nullable Object connection) {
        slot[0] = engine;
        slot[1] = connection;
    }

    private static boolean goesOn(@Nullable Object[] slot, TlsEngine engine) {
        return slot[0] instanceof TlsEngine outer && outer.sslEngine() == engine.sslEngine();
    }

    /** {@code SSLEngine.wrap} as a call of {@code engine}; without a closure, as there is one for each record. */
    static SSLEngineResult wrap(TlsEngine engine, ByteBuffer source, ByteBuffer target) throws SSLException {
        @Nullable Object[] slot = CURRENT.get();
        Object outerEngine = slot[0];
        Object outerConnection = slot[1];
        set(slot, engine, goesOn(slot, engine) ? outerConnection : null);
        try {
            return engine.sslEngine().wrap(source, target);
        } finally {
            set(slot, outerEngine, outerConnection);
        }
    }

    /** {@code SSLEngine.unwrap} in the same way. */
    static SSLEngineResult unwrap(TlsEngine engine, ByteBuffer source, ByteBuffer[] targets) throws SSLException {
        @Nullable Object[] slot = CURRENT.get();
        Object outerEngine = slot[0];
        Object outerConnection = slot[1];
        set(slot, engine, goesOn(slot, engine) ? outerConnection : null);
        try {
            return engine.sslEngine().unwrap(source, targets);
        } finally {
            set(slot, outerEngine, outerConnection);
        }
    }

    /** The innermost call of this thread; empty outside of all engines. */
    public static Optional<EngineCall> current() {
        @Nullable Object[] slot = CURRENT.get();
        return slot[0] == null ? Optional.empty() : Optional.of(new EngineCall(Optional.ofNullable(slot[1])));
    }

    /** The engine that this thread works for now, if it is one of a provider's own. */
    public static <T extends TlsEngine> Optional<T> engine(Class<T> type) {
        return type.isInstance(CURRENT.get()[0]) ? Optional.of(type.cast(CURRENT.get()[0])) : Optional.empty();
    }

    /** What the core has said that the call is about; the core's own business. Empty where an engine is driven without it. */
    public Optional<Object> connection() {
        return connection;
    }
}
