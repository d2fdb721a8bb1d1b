package io.omnitls.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Just enough of HTTP/1.1 to look at files with a browser or curl: GET and HEAD of regular files below one directory,
 * one request for each connection.
 */
final class FileServer {
    private static final int MAX_HEAD = 16 * 1024;
    private static final int IDLE_MILLIS = 10_000;

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css",
            "js", "text/javascript",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8",
            "png", "image/png",
            "jpg", "image/jpeg",
            "svg", "image/svg+xml");

    private final Path root;

    FileServer(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    void serve(Guest guest) throws IOException {
        guest.socket().setSoTimeout(IDLE_MILLIS);
        OutputStream out = guest.output();
        Optional<String> requestLine = requestLine(new BufferedInputStream(guest.input()));
        if (requestLine.isEmpty()) {
            return;
        }
        String[] parts = requestLine.get().split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            answer(out, "400 Bad Request", "");
        } else if (!parts[0].equals("GET") && !parts[0].equals("HEAD")) {
            answer(out, "405 Method Not Allowed", "Allow: GET, HEAD\r\n");
        } else {
            Optional<Path> file = file(parts[1]);
            if (file.isEmpty()) {
                answer(out, "404 Not Found", "");
            } else {
                send(out, file.get(), parts[0].equals("GET"));
            }
        }
    }

    /** The first line of a request, read together with its headers; empty when the peer sent none. */
    private static Optional<String> requestLine(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int c = in.read();
            if (c < 0 || head.size() == MAX_HEAD) {
                return Optional.empty();
            }
            if (c == '\n') {
                newlines++;
            } else if (c != '\r') {
                newlines = 0;
            }
            head.write(c);
        }
        return Optional.of(head.toString(StandardCharsets.ISO_8859_1).split("\r?\n", 2)[0]);
    }

    /** The regular file that a request means, if it is below the root, symbolic links followed. */
    Optional<Path> file(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        try {
            String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            Path file = root.resolve("." + decoded).normalize();
            if (Files.isDirectory(file)) {
                file = file.resolve("index.html");
            }
            if (!decoded.startsWith("/") || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            // A link may point anywhere, so the real places are compared.
            return file.toRealPath().startsWith(root.toRealPath()) ? Optional.of(file) : Optional.empty();
        } catch (IllegalArgumentException | IOException noSuchFile) {
            return Optional.empty();
        }
    }

    private static void answer(OutputStream out, String status, String headers) throws IOException {
        String text = status + "\n";
        out.write(("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + text.length() + "\r\n"
                        + headers + "Connection: close\r\n\r\n" + text)
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static void send(OutputStream out, Path file, boolean body) throws IOException {
        String name = file.getFileName().toString();
        String type = TYPES.getOrDefault(
                name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), "application/octet-stream");
        try (InputStream content = Files.newInputStream(file)) {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + Files.size(file)
                            + "\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            if (body) {
                content.transferTo(out);
            }
        }
    }
}
