package io.omnitls.trace;

import io.omnitls.ConnectionInfo;
import io.omnitls.ReloadStatus;
import io.omnitls.TlsEvent;
import io.omnitls.TlsEvent.ConnectionEnded;
import io.omnitls.TlsEvent.HandshakeBegun;
import io.omnitls.TlsEvent.HandshakeCompleted;
import io.omnitls.TlsEvent.HandshakeFailed;
import io.omnitls.TlsEvent.ReloadFailed;
import io.omnitls.TlsEvent.Reloaded;
import io.omnitls.TlsEvent.TracedConnection;
import io.omnitls.TlsTrace;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Role;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;

/**
 * Writes one line for each event. What strangers can cause, which is all that happens to connections, is written at DEBUG, and its
 * beginning at TRACE, so that nobody fills a log by being refused; files that were read again at INFO, and those that are not good
 * at WARNING. What no ASCII can print is escaped. Thread-safe.
 */
public final class LoggerTrace implements TlsTrace {
    private final Logger logger;

    private LoggerTrace(Logger logger) {
        this.logger = logger;
    }

    /** Writes to {@code logger}, for instance to {@code System.getLogger("io.omnitls")}. */
    public static LoggerTrace to(Logger logger) {
        return new LoggerTrace(Objects.requireNonNull(logger, "logger"));
    }

    @Override
    public void event(TlsEvent event) {
        Level level = level(Objects.requireNonNull(event, "event"));
        if (logger.isLoggable(level)) {
            logger.log(level, printable(text(event)));
        }
    }

    private static Level level(TlsEvent event) {
        if (event instanceof Reloaded) {
            return Level.INFO;
        }
        if (event instanceof ReloadFailed) {
            return Level.WARNING;
        }
        return event instanceof HandshakeBegun ? Level.TRACE : Level.DEBUG;
    }

    private static String text(TlsEvent event) {
        if (event instanceof HandshakeBegun begun) {
            return subject(begun.connection()) + ": handshake begun";
        }
        if (event instanceof HandshakeCompleted done) {
            return subject(done.connection()) + ": handshake completed in " + millis(done.duration()) + ": "
                    + facts(done.info());
        }
        if (event instanceof HandshakeFailed failed) {
            return subject(failed.connection()) + ": handshake failed after " + millis(failed.duration()) + ": "
                    + failed.failure().getMessage();
        }
        if (event instanceof ConnectionEnded ended) {
            return subject(ended.connection()) + ": ended after " + millis(ended.duration()) + ": "
                    + ended.failure().map(TlsException::getMessage).orElseGet(() -> end(ended));
        }
        if (event instanceof Reloaded reloaded) {
            return "new certificates, keys or trust are in force" + expiry(reloaded.status());
        }
        if (event instanceof ReloadFailed failed) {
            return "certificates, keys or trust cannot be used, the former stay in force: "
                    + failed.status()
                            .lastFailure()
                            .map(failure -> String.valueOf(failure.cause().getMessage()))
                            .orElse("nobody knows why");
        }
        return event.toString(); // of a later version of ssl-api
    }

    private static String subject(TracedConnection connection) {
        return (connection.role() == Role.CLIENT ? "client " : "server ")
                + connection.id()
                + connection.serverName().map(name -> " " + name).orElse("")
                + connection.remoteAddress().map(address -> " " + address).orElse("");
    }

    private static String facts(ConnectionInfo info) {
        return info.version().protocolName()
                + " " + info.cipher().ianaName()
                + info.namedGroup().map(group -> " " + group).orElse("")
                + info.applicationProtocol().map(protocol -> " " + protocol).orElse("")
                + (info.sessionReused() ? " resumed" : "");
    }

    private static String end(ConnectionEnded ended) {
        if (ended.closeNotifySent()) {
            return ended.closeNotifyReceived() ? "close_notify from both ends" : "close_notify from this end alone";
        }
        return ended.closeNotifyReceived() ? "close_notify from the peer alone" : "without close_notify";
    }

    private static String expiry(ReloadStatus status) {
        return status.nearestExpiry().map(expiry -> ", until " + expiry).orElse("");
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    /** A name that a stranger has sent does not begin a line of its own. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                printable.append(c);
            } else {
                printable.append(String.format("\\u%04x", (int) c));
            }
        }
        return printable.toString();
    }
}
