package io.omnitls.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Random;

/** Changes a few bytes of a file: of its text, or of what is encoded in it. */
final class Mutation {
    private Mutation() {}

    static byte[] of(byte[] good, Random random) {
        boolean pem = new String(good, ISO_8859_1).contains("-----BEGIN ");
        return pem && random.nextInt(3) > 0
                ? LoaderSamples.withBody(good, bytes(LoaderSamples.body(good), random))
                : bytes(good, random);
    }

    private static byte[] bytes(byte[] good, Random random) {
        byte[] bad = good.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            bad = changed(bad, random);
        }
        return bad;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int from = random.nextInt(bytes.length);
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
            case 3 -> System.arraycopy(bytes, from, bytes, at, Math.min(16, bytes.length - Math.max(from, at)));
            case 4 -> {
                return Arrays.copyOf(bytes, Math.max(8, bytes.length - random.nextInt(200)));
            }
            case 5 -> {
                return LoaderSamples.concatenated(bytes, Arrays.copyOfRange(bytes, from, bytes.length));
            }
            default -> {
                // Something is left out.
                byte[] tail =
                        Arrays.copyOfRange(bytes, Math.min(bytes.length, at + 1 + random.nextInt(4)), bytes.length);
                return LoaderSamples.concatenated(Arrays.copyOf(bytes, Math.max(at, 8)), tail);
            }
        }
        return bytes;
    }
}
