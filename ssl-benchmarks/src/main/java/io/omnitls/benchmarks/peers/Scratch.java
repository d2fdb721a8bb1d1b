package io.omnitls.benchmarks.peers;

import java.nio.ByteBuffer;

/** Buffers that a loop over bare engines uses again and again: each holds whatever one flight or record may have. */
public final class Scratch {
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int SIZE = 1 << 16;

    final ByteBuffer toServer;
    final ByteBuffer toClient;
    final ByteBuffer plain;

    public Scratch(boolean direct) {
        toServer = buffer(SIZE, direct);
        toClient = buffer(SIZE, direct);
        plain = buffer(SIZE, direct);
    }

    /** A buffer of {@code size} bytes. */
    public static ByteBuffer buffer(int size, boolean direct) {
        return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }
}
