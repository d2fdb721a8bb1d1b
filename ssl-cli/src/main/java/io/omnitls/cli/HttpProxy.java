package io.omnitls.cli;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks an HTTP proxy for a tunnel (RFC 9110 section 9.3.6). */
final class HttpProxy {
    private static final int MAX_HEAD = 16 * 1024;

    private HttpProxy() {}

    /**
     * Has the dialogue, after which the next byte on {@code proxy} belongs to {@code target}.
     *
     * @throws IOException when the proxy refuses, or answers something else
     */
    static void tunnel(Socket proxy, Target target) throws IOException {
        String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
        proxy.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        proxy.getOutputStream().flush();
        String status = head(proxy.getInputStream()).split("\r?\n", 2)[0].replaceAll("[^ -~]", "?");
        if (!status.matches("HTTP/1\\.[0-9] 2[0-9][0-9]( .*)?")) {
            String shown = status.length() > 100 ? status.substring(0, 100) + "..." : status;
            throw new IOException("the proxy does not connect to " + target + ": it answered '" + shown + "'");
        }
    }

    /** Everything up to the empty line, read byte by byte so that nothing behind it is swallowed. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the proxy closed the connection before it answered");
            }
            if (head.size() == MAX_HEAD) {
                throw new IOException("the proxy's answer does not end");
            }
            if (c == '\n') {
                newlines++;
            } else if (c != '\r') {
                newlines = 0;
            }
            head.write(c);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
