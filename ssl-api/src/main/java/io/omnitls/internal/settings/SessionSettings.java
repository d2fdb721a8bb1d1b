package io.omnitls.internal.settings;

import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.spi.SessionSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How sessions are kept; what is a server's is empty where the backend decides, as it always does on clients.
 *
 * @param tickets how many are sent after a handshake in TLS 1.3
 * @param cacheSize how many sessions are kept, 0 for any number
 * @param timeout how long a session is resumed after it began
 * @param resumption what a client resumes by itself
 */
public record SessionSettings(
        OptionalInt tickets, OptionalInt cacheSize, Optional<Duration> timeout, ResumptionSettings resumption) {
    /** All is the backend's own. */
    public static final SessionSettings DEFAULT =
            new SessionSettings(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), ResumptionSettings.NONE);

    /** The same with this on a client. */
    public SessionSettings with(ResumptionSettings chosen) {
        return new SessionSettings(tickets, cacheSize, timeout, chosen);
    }

    /**
     * The same with so many tickets after a handshake in TLS 1.3.
     *
     * @throws IllegalArgumentException when the number is negative
     */
    public SessionSettings withTickets(int number) {
        return new SessionSettings(OptionalInt.of(requireNatural(number)), cacheSize, timeout, resumption);
    }

    /**
     * The same with so many sessions, 0 for any number.
     *
     * @throws IllegalArgumentException when the number is negative
     */
    public SessionSettings withCacheSize(int sessions) {
        return new SessionSettings(tickets, OptionalInt.of(requireNatural(sessions)), timeout, resumption);
    }

    private static int requireNatural(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("a number of sessions or tickets cannot be " + number);
        }
        return number;
    }

    /**
     * The same with this limit to what is resumed.
     *
     * @throws IllegalArgumentException when it is not one second to seven days, in whole seconds
     */
    public SessionSettings withTimeout(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0
                || duration.compareTo(Duration.ofDays(7)) > 0
                || !duration.equals(Duration.ofSeconds(duration.getSeconds()))) {
            throw new IllegalArgumentException(
                    "a session lasts one second to seven days, in whole seconds, not " + duration);
        }
        return new SessionSettings(tickets, cacheSize, Optional.of(duration), resumption);
    }

    /** How sessions are kept, if the backend can be told so. */
    public SessionSpec spec(
            Requirements requirements, Role role, ProtocolSettings protocol, List<TlsVersion> versions) {
        boolean ticketsTls12 = protocol.ticketsTls12(requirements);
        List<Integer> possible = requirements.capabilities().sessionTickets();
        int newTickets = tickets.orElse(possible.get(0));
        requirements.require(
                newTickets + " session tickets after a handshake; it sends " + possible,
                capabilities -> capabilities.sessionTickets().contains(newTickets));
        if (role == Role.SERVER && !ticketsTls12 && newTickets > 0 && versions.contains(TlsVersion.TLS_1_3)) {
            requirements.require(Feature.STATEFUL_TICKETS_TLS13);
        }
        if (timeout.isPresent()) {
            requirements.require(
                    versions.stream()
                            .filter(version -> newTickets > 0 || version != TlsVersion.TLS_1_3)
                            .collect(Collectors.toList()),
                    Feature.SESSION_TIMEOUT_TLS12,
                    Feature.SESSION_TIMEOUT_TLS13);
        }
        if (cacheSize.isPresent()) {
            requirements.require(Feature.SESSION_CACHE_SIZE);
        }
        return new SessionSpec(ticketsTls12, newTickets, cacheSize, timeout);
    }
}
