package io.omnitls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrTraceTest {

    @Test
    void aRecordingHasTheEvents(@TempDir Path directory) throws Exception {
        JfrTrace trace = JfrTrace.create();
        trace.event(Events.completed()); // nothing records yet
        Path file = directory.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            trace.event(Events.begun("example.org"));
            trace.event(Events.completed());
            trace.event(Events.failed());
            trace.event(Events.ended(true, false));
            trace.event(Events.broken());
            trace.event(Events.reloaded());
            trace.event(Events.reloadFailed());
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.omnitls."))
                .toList();
        assertEquals(
                List.of(
                        "io.omnitls.HandshakeCompleted",
                        "io.omnitls.HandshakeFailed",
                        "io.omnitls.ConnectionEnded",
                        "io.omnitls.ConnectionEnded",
                        "io.omnitls.Reload",
                        "io.omnitls.Reload"),
                events.stream().map(event -> event.getEventType().getName()).toList());

        RecordedEvent completed = events.get(0);
        assertEquals(List.of("OmniTLS"), completed.getEventType().getCategoryNames());
        assertEquals(7, completed.getLong("connectionId"));
        assertEquals("CLIENT", completed.getString("role"));
        assertEquals("example.org", completed.getString("serverName"));
        assertNull(completed.getString("localAddress"));
        assertEquals("peer.example/<unresolved>:4433", completed.getString("remoteAddress"));
        assertEquals(Duration.ofMillis(12), completed.getDuration("time"));
        assertEquals("jsse", completed.getString("provider"));
        assertEquals("TLSv1.3", completed.getString("version"));
        assertEquals("TLS_AES_128_GCM_SHA256", completed.getString("cipherSuite"));
        assertEquals("x25519", completed.getString("group"));
        assertEquals("h2", completed.getString("applicationProtocol"));
        assertTrue(completed.getBoolean("resumed"));
        assertNull(completed.getString("peer"));

        RecordedEvent failed = events.get(1);
        assertEquals("CERTIFICATE_VERIFY_FAILED", failed.getString("reason"));
        assertEquals(10, failed.getInt("verifyCode"));
        assertTrue(failed.getString("message").contains("certificate has expired"));

        assertTrue(events.get(2).getBoolean("closeNotifySent"));
        assertFalse(events.get(2).getBoolean("closeNotifyReceived"));
        assertNull(events.get(2).getString("reason"));
        assertEquals("SYSCALL", events.get(3).getString("reason"));

        assertTrue(events.get(4).getBoolean("succeeded"));
        assertEquals(Events.EXPIRY, events.get(4).getInstant("nearestExpiry"));
        assertFalse(events.get(5).getBoolean("succeeded"));
        assertEquals(2, events.get(5).getLong("failures"));
        assertTrue(events.get(5).getString("message").contains("KEY_VALUES_MISMATCH"));
    }
}
