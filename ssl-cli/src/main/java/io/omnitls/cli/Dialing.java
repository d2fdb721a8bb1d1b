package io.omnitls.cli;

import io.omnitls.ConnectionOptions;
import io.omnitls.Tls;
import io.omnitls.TlsSocket;
import io.omnitls.cli.starttls.Starttls;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a server is reached: until TLS begins, and how long that may take. */
final class Dialing {
    @Option(
            names = "--starttls",
            paramLabel = "PROTOCOL",
            description = "Ask for TLS in this protocol first: ${COMPLETION-CANDIDATES}.")
    private @Nullable Starttls starttls;

    @Option(names = "--proxy", paramLabel = "HOST:PORT", description = "Go through this HTTP proxy (CONNECT).")
    private @Nullable String proxy;

    @Option(names = "--servername", paramLabel = "N", description = "The name to ask for and to verify, if not HOST.")
    private @Nullable String serverName;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "The limit for connecting and for the handshake (default: ${DEFAULT-VALUE}; 0 for none).")
    private int timeout;

    /** The limit of everything up to the end of the handshake. */
    Duration limit() {
        if (timeout < 0) {
            throw new IllegalArgumentException("--timeout: a number of seconds, or 0 for none, not " + timeout);
        }
        return Duration.ofSeconds(timeout);
    }

    ConnectionOptions connectionTo(Target target) {
        return ConnectionOptions.serverName(nameOf(target));
    }

    String nameOf(Target target) {
        return serverName == null ? target.host() : serverName;
    }

    /** A connected socket on which the peer expects a ClientHello. */
    Socket open(Target target) throws IOException {
        Duration limit = limit();
        Target first = proxy == null ? target : Target.of(proxy);
        Socket socket = Tls.createConnection(first.host(), first.port(), limit);
        try (Deadline deadline = new Deadline(socket, limit)) {
            try {
                if (proxy != null) {
                    HttpProxy.tunnel(socket, target);
                }
                if (starttls != null) {
                    starttls.begin(socket, target.host());
                }
            } catch (SocketException e) {
                throw deadline.explain(new IOException("the connection to " + first + " broke: " + e.getMessage(), e));
            } catch (IOException e) {
                throw deadline.explain(e);
            }
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Makes the handshake within the limit. */
    void handshake(TlsSocket socket, Socket plain) throws IOException {
        try (Deadline deadline = new Deadline(plain, limit())) {
            try {
                socket.handshake();
            } catch (IOException e) {
                throw deadline.explain(e);
            }
        }
    }
}
