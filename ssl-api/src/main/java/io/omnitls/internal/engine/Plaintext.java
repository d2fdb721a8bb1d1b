package io.omnitls.internal.engine;

import io.omnitls.spi.TlsEngine;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * Where the data of records goes: into the reader's buffer where that has room, and the rest into a queue that the next reads
 * are served from. Belongs to the inbound half of a connection.
 */
final class Plaintext {
    private final TlsEngine engine;
    private final FlightObserver observer;
    private final ByteQueue rest = ByteQueue.ofSecrets();
    private final ByteBuffer overhang = ByteBuffer.allocate(64); // what a record is longer than its plaintext, or more

    // The engine's targets, made once. Null between calls: nobody's buffer is kept, and a collector looks at every
    // buffer that is put there, which costs a fence.
    private final ByteBuffer[] one = new ByteBuffer[1];
    private final ByteBuffer[] both = new ByteBuffer[2];
    private final ByteBuffer[] fitting = {null, overhang};

    /** What the engine asks for once its handshake is complete; asking takes a lock of SunJSSE's. */
    private volatile int room;

    Plaintext(TlsEngine engine, FlightObserver observer) {
        this.engine = engine;
        this.observer = observer;
    }

    /** How many bytes wait to be read. */
    int size() {
        return rest.size();
    }

    boolean isEmpty() {
        return rest.isEmpty();
    }

    /** Moves what waits into {@code target}, as far as it has room. */
    void take(ByteBuffer target) {
        rest.take(target);
    }

    /** Nobody reads for now. */
    void rest() {
        rest.rest();
    }

    void wipe() {
        rest.wipe();
    }

    /** How much room the engine asks for. */
    int room() {
        int known = room;
        if (known == 0) {
            known = engine.sslEngine().getSession().getApplicationBufferSize();
            room = observer.complete() ? known : 0;
        }
        return known;
    }

    /**
     * Decrypts the record in {@code source}. Its data is shorter than the record is.
     *
     * @param length of the record
     */
    SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target, int length) throws SSLException {
        int free = target.remaining();
        if (free >= length) {
            SSLEngineResult result = unwrap(source, target);
            if (result.getStatus() != SSLEngineResult.Status.BUFFER_OVERFLOW) {
                return result;
            }
        } else if (free > 0 && engine.scatters()) {
            SSLEngineResult result = length - free <= overhang.capacity()
                    ? unwrapFitting(source, target)
                    : unwrapWithRest(source, target);
            if (result.getStatus() != SSLEngineResult.Status.BUFFER_OVERFLOW) {
                return result;
            }
        }
        try {
            return unwrap(source, rest.back(room()));
        } finally {
            rest.added();
        }
    }

    /** Decrypts into {@code target} alone. */
    SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        one[0] = target;
        try {
            return engine.unwrap(source, one);
        } finally {
            one[0] = null;
        }
    }

    /** The target may be just what the data needs: then nothing comes into the second one. */
    private SSLEngineResult unwrapFitting(ByteBuffer source, ByteBuffer target) throws SSLException {
        fitting[0] = target;
        try {
            return engine.unwrap(source, fitting);
        } finally {
            fitting[0] = null;
            if (((Buffer) overhang).position() > 0) {
                ((Buffer) overhang).flip();
                rest.put(overhang);
                Arrays.fill(overhang.array(), (byte) 0);
                ((Buffer) overhang).clear();
            }
        }
    }

    private SSLEngineResult unwrapWithRest(ByteBuffer source, ByteBuffer target) throws SSLException {
        both[0] = target;
        both[1] = rest.back(source.remaining() - target.remaining());
        try {
            return engine.unwrap(source, both);
        } finally {
            both[0] = null;
            both[1] = null;
            rest.added();
        }
    }
}
