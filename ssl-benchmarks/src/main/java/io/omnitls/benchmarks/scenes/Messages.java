package io.omnitls.benchmarks.scenes;

import io.omnitls.benchmarks.measure.Contender;
import io.omnitls.benchmarks.peers.EndPair;
import io.omnitls.benchmarks.peers.EnginePair;
import io.omnitls.benchmarks.peers.OurBioPair;
import io.omnitls.benchmarks.peers.OurContexts;
import io.omnitls.benchmarks.peers.Scratch;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Contenders that send a message from a client to a server in memory. */
final class Messages {
    /** Room for a record and what engines want beside it. */
    private static final int ROOM = 1 << 15;

    private Messages() {}

    static Contender engines(String name, EnginePair pair, boolean direct, int size) throws IOException {
        ByteBuffer source = Scratch.buffer(size, direct);
        ByteBuffer target = Scratch.buffer(Math.max(ROOM, size + ROOM), direct);
        pair.answer(ByteBuffer.allocate(1), target);
        return Contender.of(name, () -> {
            source.clear();
            target.clear();
            pair.send(source, target);
            expect(size, target.position());
        });
    }

    /** Into a target of exactly {@code room} bytes, over BIOs that the two ends share. */
    static Contender shared(String name, OurContexts contexts, boolean direct, int size, int room) throws IOException {
        OurBioPair pair = OurBioPair.full(contexts).steady();
        ByteBuffer source = Scratch.buffer(size, direct);
        ByteBuffer target = Scratch.buffer(room, direct);
        return Contender.of(name, () -> {
            source.clear();
            target.clear();
            pair.client().write(source);
            while (target.position() < size) {
                pair.server().read(target);
            }
        });
    }

    /** Through a buffer of the caller's, as one needs who has a network between the BIOs. */
    static Contender carried(String name, OurContexts contexts, boolean direct, int size) throws IOException {
        OurBioPair pair = OurBioPair.carried(contexts).steady();
        ByteBuffer source = Scratch.buffer(size, direct);
        ByteBuffer target = Scratch.buffer(size, direct);
        ByteBuffer wire = Scratch.buffer(size + ROOM, direct);
        return Contender.of(name, () -> {
            source.clear();
            target.clear();
            pair.client().write(source);
            wire.clear();
            pair.clientOut().read(wire);
            pair.serverIn().write(wire.flip());
            while (target.position() < size) {
                pair.server().read(target);
            }
        });
    }

    /** Arrays in, arrays out, over BIOs that the two ends share. */
    static Contender arrays(String name, OurContexts contexts, int size) throws IOException {
        OurBioPair pair = OurBioPair.full(contexts).steady();
        byte[] source = new byte[size];
        return Contender.of(name, () -> {
            pair.client().write(source);
            for (int count = 0; count < size; ) {
                count += pair.server().read(size - count).length;
            }
        });
    }

    /** Over channels. */
    static Contender channels(String name, EndPair pair, boolean direct, int size) {
        ByteBuffer source = Scratch.buffer(size, direct);
        ByteBuffer target = Scratch.buffer(ROOM, direct);
        return Contender.of(name, () -> {
            source.clear();
            target.clear();
            pair.client().write(source);
            while (target.position() < size) {
                pair.server().read(target);
            }
        });
    }

    private static void expect(int expected, int actual) throws IOException {
        if (expected != actual) {
            throw new IOException(expected + " bytes were sent and " + actual + " arrived");
        }
    }
}
