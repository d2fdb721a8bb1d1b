package io.omnitls.protocol;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * An alert that ended, or announced the end of, a connection.
 *
 * @param code the code on the wire, 0 to 255, which may be one that no document defines
 * @param direction who sent it
 */
public record TlsAlert(int code, Direction direction) implements Serializable {

    /** Who sent an alert. */
    public enum Direction {
        /** This process told the peer. */
        SENT,
        /** The peer told this process. */
        RECEIVED
    }

    public TlsAlert {
        Objects.requireNonNull(direction, "direction");
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("an alert code is 0 to 255, not " + code);
        }
    }

    /** An alert that this process sent. */
    public static TlsAlert sent(AlertDescription description) {
        Objects.requireNonNull(description, "description");
        return new TlsAlert(description.code(), Direction.SENT);
    }

    /** An alert that this process sent, by its code. */
    public static TlsAlert sent(int code) {
        return new TlsAlert(code, Direction.SENT);
    }

    /** An alert that the peer sent. */
    public static TlsAlert received(int code) {
        return new TlsAlert(code, Direction.RECEIVED);
    }

    /** What the code means, or empty for a code that no document defines. */
    public Optional<AlertDescription> description() {
        return AlertDescription.of(code);
    }

    /** For instance {@code sent unknown_ca (48)}. */
    @Override
    public String toString() {
        return direction.name().toLowerCase(java.util.Locale.ROOT) + " "
                + description().map(AlertDescription::rfcName).orElse("unknown alert") + " (" + code + ")";
    }
}
