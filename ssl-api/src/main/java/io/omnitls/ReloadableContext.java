package io.omnitls;

import io.omnitls.error.TlsException;
import io.omnitls.internal.javax.ContextView;
import io.omnitls.internal.javax.CurrentKeyManager;
import io.omnitls.internal.javax.CurrentTrustManager;
import java.io.Closeable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Contexts of the same settings, of which one takes the place of the other whenever a file changes that they were built from:
 * a chain or a key, a trust store, a revocation list, a folder of them, Diffie-Hellman parameters, the system's bundle. Which
 * files these are is known from building, so {@link ContextBuilder} is all that has to be told. Files may be written in
 * place, renamed over, or stand behind links that are turned to others, as Kubernetes does with {@code ..data}.
 *
 * <p>What a context is built from are the files of one moment: when one of them has changed before the last of them was read,
 * all are read again. A set that no context can be built from, or of whose certificates one is not valid now, leaves the one in
 * place that is there, and is told by {@link #status} and to the {@link ReloadListener}; it is tried again when something
 * changes, and with every look at the files.
 *
 * <p>Files are looked at when the system's watch of their folders says so, if it has one, and every {@link
 * ReloadOptions#pollInterval}, since such watches miss what happens on network file systems. A file counts as changed when its
 * size, its time, its inode or the place that links lead to has.
 *
 * <p>{@link #current} is a plain context, immutable as every other: new connections begin with it, those that run keep
 * theirs. Counters such as {@link TlsContext#sessionStats} are each context's own. Objects that live longer than a connection,
 * such as {@link #sslContext}, listening sockets and factories, begin each connection with the context of that moment.
 *
 * <p>Thread-safe. One daemon thread works for it until {@link #close}.
 *
 * @param <C> the role
 */
public abstract sealed class ReloadableContext<C extends TlsContext> implements Closeable
        permits ReloadableClientContext, ReloadableServerContext {
    private final Reloader<C> reloader;

    ReloadableContext(Reloader.Source<C> source, ReloadOptions options) throws TlsException {
        this.reloader = new Reloader<>(source, options);
    }

    final void start() {
        reloader.start();
    }

    /** The context of the last files that were good: keep it no longer than one connection needs it. */
    public C current() {
        return reloader.current();
    }

    /** What is known now. */
    public ReloadStatus status() {
        return reloader.status();
    }

    /**
     * Reads the files now, whether they have changed or not: for programs that are told when, for instance by a signal. What
     * it finds is told as ever, to the listener too.
     *
     * <p>After {@link #close} it changes nothing and tells nobody.
     *
     * @return the status after it; {@link ReloadStatus#upToDate} says whether it was a success
     * @throws IllegalStateException when the {@link ReloadListener} calls it while it is told
     */
    public ReloadStatus reload() {
        return reloader.reload();
    }

    /** As {@link TlsContext#sslContext}; each engine and socket begins with the context of its moment. */
    public SSLContext sslContext() {
        return new ContextView(views(), current().provider().name());
    }

    /** As {@link TlsContext#trustManager}; each certificate is judged by the context of its moment. */
    public X509ExtendedTrustManager trustManager() {
        return new CurrentTrustManager(() -> current().trustManager());
    }

    /**
     * As {@link TlsContext#keyManager}; each identity is chosen from the context of its moment, and its chain and its key are
     * that one's, whatever came meanwhile. An alias that was given out before the last two changes names nothing any more.
     */
    public X509ExtendedKeyManager keyManager() {
        return new CurrentKeyManager(() -> current().keyManager());
    }

    final ContextViews views() {
        return new ContextViews(this::current);
    }

    /** Watches the files no more. The last context stays good, also for the views that were made. */
    @Override
    public void close() {
        reloader.close();
    }
}
