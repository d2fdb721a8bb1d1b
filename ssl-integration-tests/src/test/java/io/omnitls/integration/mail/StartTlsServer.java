package io.omnitls.integration.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Daemons;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;

/** As much of SMTP as it takes to send a message after STARTTLS. */
final class StartTlsServer implements ServerUse {
    @Override
    public Running start(ServerContext context) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newCachedThreadPool(Daemons.INSTANCE);
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    socket.setSoTimeout(Deadline.MILLIS);
                    threads.execute(() -> serve(context, socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return new Running(server.getLocalPort(), () -> {
            server.close();
            threads.shutdownNow();
        });
    }

    private static void serve(ServerContext context, Socket plain) {
        try (plain) {
            say(plain, "220 ready");
            converse(plain, "250-localhost\r\n250 STARTTLS", "");
            SSLSocket tls = (SSLSocket)
                    context.sslContext().getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
            converse(tls, "250 localhost", Peers.name(tls.getSession()));
        } catch (IOException ended) {
            // By the client, or by a handshake that fails.
        }
    }

    /** Speaks until the client wants TLS, or to end; {@code peer} is what a message is answered with. */
    private static void converse(Socket socket, String greeting, String peer) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        StringBuilder message = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            switch (line.split(" ", 2)[0]) {
                case "EHLO" -> say(socket, greeting);
                case "STARTTLS" -> {
                    say(socket, "220 go on");
                    return;
                }
                case "DATA" -> say(socket, "354 go on");
                case "." -> {
                    boolean whole = message.toString().endsWith("\r\n\r\n" + Cargo.TEXT + "\r\n");
                    say(socket, whole ? "250 " + peer : "554 it has changed on the way");
                }
                case "MAIL", "RCPT", "QUIT" -> say(socket, "250 well");
                default -> message.append(line).append("\r\n");
            }
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    }
}
