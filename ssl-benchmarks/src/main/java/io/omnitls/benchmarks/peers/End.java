package io.omnitls.benchmarks.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An end of a TLS connection over a channel. */
public interface End extends Closeable {
    /** Goes on with the handshake; false when it has to wait for its peer. */
    boolean handshake() throws IOException;

    /** Reads what is there; 0 when that is nothing, -1 at the end. */
    int read(ByteBuffer target) throws IOException;

    /** Whether it has more to read than the channel underneath shows. */
    boolean hasPending();

    /** Sends all of {@code source}. */
    void write(ByteBuffer source) throws IOException;

    /** Sends {@code source}, as one who may be told that the channel takes no more now. */
    default void writeAndFlush(ByteBuffer source) throws IOException {
        write(source);
    }
}
