package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was read by the bytes that it was read from, while anybody holds it: so a certificate is read once, though
 * each handshake has an object of its own for it. Thread-safe.
 */
final class ViewCache<V> {
    private final Parser<V> parser;
    private final Function<V, Bytes> encoding;
    private final Map<Bytes, Entry<V>> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<V> gone = new ReferenceQueue<>();

    /** Reads bytes. */
    interface Parser<V> {
        V parse(byte[] encoded) throws DerException;
    }

    private static final class Entry<V> extends WeakReference<V> {
        private final Bytes encoded;

        Entry(V view, Bytes encoded, ReferenceQueue<V> gone) {
            super(view, gone);
            this.encoded = encoded;
        }
    }

    /** @param encoding the bytes that a view was read from, for the key to be no second copy of them */
    ViewCache(Parser<V> parser, Function<V, Bytes> encoding) {
        this.parser = parser;
        this.encoding = encoding;
    }

    V get(Bytes encoded) throws DerException {
        Entry<V> known = entries.get(encoded);
        @Nullable V view = known == null ? null : known.get();
        if (view == null) {
            forgetWhatIsGone();
            view = parser.parse(encoded.toByteArray());
            Bytes key = encoding.apply(view);
            entries.put(key, new Entry<>(view, key, gone));
        }
        return view;
    }

    private void forgetWhatIsGone() {
        for (Reference<?> reference = gone.poll(); reference != null; reference = gone.poll()) {
            entries.remove(((Entry<?>) reference).encoded, reference);
        }
    }
}
