package io.omnitls.cli.starttls;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Lines in the clear. Reads byte by byte, so that nothing of TLS is swallowed. */
final class Dialogue {
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_LINES = 500;
    private static final int MAX_SHOWN = 100;

    private final String protocol;
    private final InputStream in;
    private final OutputStream out;

    Dialogue(String protocol, InputStream in, OutputStream out) {
        this.protocol = protocol;
        this.in = in;
        this.out = out;
    }

    void send(String line) throws IOException {
        send((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    void send(byte[] message) throws IOException {
        out.write(message);
        out.flush();
    }

    int readByte() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the server closed the connection in the " + protocol + " dialogue");
        }
        return value;
    }

    /** Reads a reply of one line or more, in the manner of SMTP and FTP, which has to have this code. */
    void expectReply(String code) throws IOException {
        for (int i = 0; i < MAX_LINES; i++) {
            String line = readLine();
            if (!line.startsWith(code)) {
                throw refusal("it answered '" + shown(line) + "', expected " + code);
            }
            if (!line.startsWith(code + "-")) {
                return;
            }
        }
        throw refusal("its reply does not end");
    }

    /** Reads lines until one begins with {@code wanted}; the others have to begin with {@code other}. */
    void expectLine(String wanted, String other) throws IOException {
        for (int i = 0; i < MAX_LINES; i++) {
            String line = readLine();
            if (line.startsWith(wanted)) {
                return;
            }
            if (!line.startsWith(other)) {
                throw refusal("it answered '" + shown(line) + "', expected '" + wanted + "'");
            }
        }
        throw refusal("its answer does not end");
    }

    private static String shown(String line) {
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "..." : line;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = readByte(); c != '\n'; c = readByte()) {
            if (line.size() == MAX_LINE) {
                throw refusal("its line does not end");
            }
            if (c != '\r') {
                line.write(c < 0x20 || c > 0x7e ? '?' : c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    IOException refusal(String why) {
        return new IOException("the server does not go on with TLS in " + protocol + ": " + why);
    }
}
