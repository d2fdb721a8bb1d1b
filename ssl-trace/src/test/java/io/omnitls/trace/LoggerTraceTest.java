package io.omnitls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omnitls.TlsEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoggerTraceTest {

    /** Keeps what is written to it, from one level on. */
    private static final class Kept implements System.Logger {
        private final Level least;
        private final List<String> lines = new ArrayList<>();

        Kept(Level least) {
            this.least = least;
        }

        @Override
        public String getName() {
            return "kept";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= least.getSeverity();
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
            lines.add(level + " " + text);
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... parameters) {
            lines.add(level + " " + format);
        }
    }

    private static List<String> written(System.Logger.Level least, TlsEvent... events) {
        Kept kept = new Kept(least);
        LoggerTrace trace = LoggerTrace.to(kept);
        for (TlsEvent event : events) {
            trace.event(event);
        }
        return kept.lines;
    }

    @Test
    void eachEventIsALine() {
        String client = "DEBUG client 7 example.org peer.example/<unresolved>:4433: ";
        assertEquals(
                List.of(
                        "TRACE server 7 example.org peer.example/<unresolved>:4433: handshake begun",
                        client + "handshake completed in 12 ms: TLSv1.3 TLS_AES_128_GCM_SHA256 x25519 h2 resumed",
                        client
                                + "handshake failed after 3 ms: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed:"
                                + " certificate has expired (10) at depth 0: it was valid until yesterday",
                        client + "ended after 2000 ms: close_notify from both ends",
                        client + "ended after 2000 ms: close_notify from this end alone",
                        client + "ended after 2000 ms: close_notify from the peer alone",
                        client + "ended after 2000 ms: without close_notify",
                        client + "ended after 2000 ms: [SSL: SYSCALL] the peer has reset the connection",
                        "INFO new certificates, keys or trust are in force, until 2027-01-02T03:04:05Z",
                        "WARNING certificates, keys or trust cannot be used, the former stay in force:"
                                + " [X509: KEY_VALUES_MISMATCH] the key is another one's"),
                written(
                        System.Logger.Level.ALL,
                        Events.begun("example.org"),
                        Events.completed(),
                        Events.failed(),
                        Events.ended(true, true),
                        Events.ended(true, false),
                        Events.ended(false, true),
                        Events.ended(false, false),
                        Events.broken(),
                        Events.reloaded(),
                        Events.reloadFailed()));
    }

    @Test
    void strangersWriteNothingIntoALogThatIsLeftAsItIs() {
        assertEquals(
                List.of(),
                written(
                        System.Logger.Level.INFO,
                        Events.begun("example.org"),
                        Events.completed(),
                        Events.failed(),
                        Events.ended(false, false),
                        Events.broken()));
    }

    @Test
    void aNameBeginsNoLineOfItsOwn() {
        assertEquals(
                List.of("TRACE server 7 a\\u000ab\\u001b[2J\\u00e9 peer.example/<unresolved>:4433: handshake begun"),
                written(System.Logger.Level.ALL, Events.begun("a\nb\u001b[2J\u00e9")));
    }

    @Test
    @SuppressWarnings("NullAway") // what it refuses
    void nullIsRefused() {
        assertThrows(NullPointerException.class, () -> LoggerTrace.to(null));
        assertThrows(
                NullPointerException.class,
                () -> LoggerTrace.to(new Kept(System.Logger.Level.OFF)).event(null));
    }
}
