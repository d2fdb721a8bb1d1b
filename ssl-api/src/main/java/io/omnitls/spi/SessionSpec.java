package io.omnitls.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a context goes about sessions.
 *
 * @param ticketsTls12 whether tickets of TLS 1.2 (RFC 5077) are offered and sent; otherwise a server keeps its sessions
 * @param newTickets how many tickets a server sends after a handshake in TLS 1.3: one of {@link
 *     Capabilities#sessionTickets}
 * @param cacheSize how many sessions a server keeps, 0 for any number; empty for the backend's own limit
 * @param timeout how long a server resumes a session after it began, in whole seconds; empty for the backend's own
 */
public record SessionSpec(boolean ticketsTls12, int newTickets, OptionalInt cacheSize, Optional<Duration> timeout) {
    /** No tickets in any version; all else is the backend's own. */
    public static final SessionSpec NO_TICKETS = new SessionSpec(false, 0, OptionalInt.empty(), Optional.empty());
}
