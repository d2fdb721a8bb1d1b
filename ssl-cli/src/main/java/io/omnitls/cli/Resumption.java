package io.omnitls.cli;

import io.omnitls.ClientContext;
import io.omnitls.TlsSession;
import io.omnitls.TlsSocket;
import io.omnitls.protocol.TlsVersion;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** A first connection for the sake of its session. */
final class Resumption {
    /** A server that sends tickets does it at once; one that sends none is silent. */
    private static final Duration TICKETS = Duration.ofSeconds(2);

    private Resumption() {}

    /**
     * The session of a connection that is ended again.
     *
     * @throws IOException when it fails, or has no session that can be resumed
     */
    static TlsSession sessionOf(ClientContext context, Target target, Dialing dialing) throws IOException {
        return Talk.with(target, dialing, context, dialing.connectionTo(target), talk -> {
            talk.requireSuccess();
            TlsSocket socket = talk.socket();
            TlsVersion version = socket.info().version();
            if (version == TlsVersion.TLS_1_3) {
                awaitTicket(socket);
            }
            return socket.session()
                    .orElseThrow(() -> new IOException("--reconnect: provider '"
                            + socket.info().provider() + "' has no session of " + version + " that it could resume"));
        });
    }

    /** Reads what the server has to say: RFC 8446 section 4.6.1 lets tickets come at any time after the handshake. */
    private static void awaitTicket(TlsSocket socket) throws IOException {
        long end = System.nanoTime() + TICKETS.toNanos();
        byte[] ignored = new byte[1024];
        for (long left = TICKETS.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            Optional<TlsSession> session = socket.session();
            if (session.isPresent() && session.get().hasTicket()) {
                return;
            }
            socket.setSoTimeout((int) Math.min(left, 100));
            try {
                if (socket.getInputStream().read(ignored) < 0) {
                    return;
                }
            } catch (SocketTimeoutException nothingYet) {
                // A ticket alone is no data, so a read does not return for it.
            }
        }
    }
}
