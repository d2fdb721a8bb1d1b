package io.omnitls.integration;

import java.io.IOException;
import java.util.Base64;
import java.util.Random;

/**
 * What every exchange carries, there and back: more than a few records or a socket's buffers hold, and no two parts of it
 * alike, so that what is lost, doubled or out of place shows.
 */
public final class Cargo {
    /** Lines of 76 characters of ASCII, without one at the end: mail takes it as it is. */
    public static final String TEXT = Base64.getMimeEncoder().encodeToString(bytes());

    private Cargo() {}

    /** What a server answers: who the client is, and what came from it. */
    public static String answer(String peer, String received) {
        return peer + "\n" + received;
    }

    /**
     * Whom a server has named in its {@link #answer}.
     *
     * @throws IOException if not all came to it, or not all came back
     */
    public static String peer(String answer) throws IOException {
        int end = answer.indexOf('\n');
        if (end < 0) {
            throw new IOException("no answer: " + answer);
        }
        requireWhole(answer.substring(end + 1));
        return answer.substring(0, end);
    }

    /** @throws IOException if this is anything but {@link #TEXT} */
    public static void requireWhole(String received) throws IOException {
        if (received.equals(TEXT)) {
            return;
        }
        int same = 0;
        while (same < received.length() && same < TEXT.length() && received.charAt(same) == TEXT.charAt(same)) {
            same++;
        }
        throw new IOException("sent " + TEXT.length() + " characters, received " + received.length()
                + ", and different ones from " + same + " on");
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[225_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
