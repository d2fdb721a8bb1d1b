package io.omnitls.cli;

import io.omnitls.protocol.ObservedMessage;
import java.io.PrintWriter;

/** Prints what crosses in the clear as {@code openssl s_client -msg} does: a line of words, and then the bytes. */
final class MessagePrinter {
    private static final int BYTES_A_LINE = 16;

    private final PrintWriter out;

    MessagePrinter(PrintWriter out) {
        this.out = out;
    }

    void print(ObservedMessage message) {
        StringBuilder text = new StringBuilder().append(message).append(System.lineSeparator());
        byte[] bytes = message.bytes().toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            boolean last = i % BYTES_A_LINE == BYTES_A_LINE - 1 || i == bytes.length - 1;
            text.append(i % BYTES_A_LINE == 0 ? "    " : " ")
                    .append("%02x".formatted(bytes[i]))
                    .append(last ? System.lineSeparator() : "");
        }
        // One call, so that the two directions do not mix.
        out.print(text);
        out.flush();
    }
}
