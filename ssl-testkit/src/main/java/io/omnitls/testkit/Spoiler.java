package io.omnitls.testkit;

import io.omnitls.testkit.wire.EditableHello;
import io.omnitls.testkit.wire.Records;
import java.util.Arrays;
import java.util.Random;

/** Spoils a flight of a handshake: a hello by its parts, anything by its records or its bytes. */
final class Spoiler {
    private Spoiler() {}

    static byte[] spoil(byte[] flight, Random random) {
        if (flight.length <= Records.HEADER) {
            return flight;
        }
        boolean hello = flight[0] == Records.HANDSHAKE && (flight[5] == 1 || flight[5] == 2);
        return switch (random.nextInt(hello ? 4 : 2)) {
            case 0 -> Mutation.of(flight, random);
            case 1 -> records(flight, random);
            default -> hello(EditableHello.in(flight), random).inPlaceOfFirst(flight);
        };
    }

    private static byte[] records(byte[] flight, Random random) {
        byte[] stray = Records.of(
                random.nextInt(8) == 0 ? random.nextInt(256) : Records.CHANGE_CIPHER_SPEC + random.nextInt(4),
                bytes(random, random.nextInt(4) == 0 ? random.nextInt(18_000) : random.nextInt(3)));
        int first = Records.HEADER + Records.length(flight, 0);
        return switch (random.nextInt(3)) {
            case 0 -> Records.concat(stray, flight);
            case 1 -> Records.concat(flight, stray);
            default ->
                Records.concat(Arrays.copyOf(flight, first), stray, Arrays.copyOfRange(flight, first, flight.length));
        };
    }

    private static EditableHello hello(EditableHello hello, Random random) {
        int extensions = hello.extensions.size();
        switch (random.nextInt(9)) {
            case 0 -> hello.legacyVersion = random.nextBoolean() ? 0x0300 + random.nextInt(6) : random.nextInt(0x10000);
            case 1 -> hello.sessionId = bytes(random, random.nextInt(40));
            case 2 -> hello.cipherSuites.set(random.nextInt(hello.cipherSuites.size()), random.nextInt(0x10000));
            case 3 -> hello.compressionMethods = bytes(random, 1);
            case 4 -> hello.with(random.nextInt(64), bytes(random, random.nextInt(40)));
            case 5 -> hello.random = bytes(random, 32);
            case 6 -> {
                if (extensions > 0) {
                    hello.extensions.remove(random.nextInt(extensions));
                }
            }
            case 7 -> {
                if (extensions > 0) {
                    EditableHello.Extension one = hello.extensions.get(random.nextInt(extensions));
                    hello.with(
                            one.type(),
                            Arrays.copyOf(
                                    one.data().toByteArray(),
                                    random.nextInt(one.data().size() + 4)));
                }
            }
            default -> {
                if (extensions > 0) {
                    EditableHello.Extension one = hello.extensions.get(random.nextInt(extensions));
                    byte[] data = one.data().toByteArray();
                    if (data.length > 0) {
                        data[random.nextInt(data.length)] = (byte) random.nextInt(256);
                    }
                    hello.with(one.type(), data);
                }
            }
        }
        return hello;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
