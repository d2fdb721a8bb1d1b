package io.omnitls.internal.settings;

import io.omnitls.error.TlsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a context has opened at the backend for connections that take less than all of it. A client sets the same on each of its
 * connections, so the few last ones are kept; a session of one is not resumed by another. Thread-safe.
 *
 * @param <T> what is opened
 */
public final class NarrowedEngines<T> {
    private static final int CAPACITY = 16;

    private final T whole;
    private final Opener<T> opener;
    private final ReentrantLock lock = new ReentrantLock();

    @SuppressWarnings("serial") // nobody writes it down
    private final Map<Narrowing, T> opened = new LinkedHashMap<>(CAPACITY, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Narrowing, T> eldest) {
            return size() > CAPACITY;
        }
    };

    /** Opens something at the backend. */
    public interface Opener<T> {
        /** Opens what connections with this narrowing need. */
        T open(Narrowing narrowing) throws TlsException;
    }

    /** @param whole what connections have that take everything */
    public NarrowedEngines(T whole, Opener<T> opener) {
        this.whole = whole;
        this.opener = opener;
    }

    /** What connections with this narrowing have. */
    public T of(Narrowing narrowing) throws TlsException {
        if (narrowing.equals(Narrowing.NONE)) {
            return whole;
        }
        lock.lock();
        try {
            T known = opened.get(narrowing);
            if (known == null) {
                known = opener.open(narrowing);
                opened.put(narrowing, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** All that is open now. */
    public List<T> all() {
        lock.lock();
        try {
            List<T> all = new ArrayList<>(opened.values());
            all.add(whole);
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }
}
