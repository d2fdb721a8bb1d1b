package io.omnitls.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python says with Python at the other end, where each fact is known beforehand. */
class PythonPeerTest {
    private final TestAuthority authority = TestAuthority.create("Python Root");

    @Test
    void factsArriveAsPythonHasThem(@TempDir Path directory) throws Exception {
        String server = authority.server(KeyKind.EC).write(directory, "server").toString();
        String client = authority.client(KeyKind.EC).write(directory, "client").toString();
        String ca = authority.write(directory, "ca").toString();
        Path keylog = directory.resolve("keys");
        String[] serving = {
            "--cert",
            server,
            "--ca",
            ca,
            "--verify",
            "required",
            "--alpn",
            "x,y",
            "--maximum-version",
            "1.2",
            "--connections",
            "2"
        };
        String[] connecting = {
            "--cert",
            client,
            "--ca",
            ca,
            "--verify",
            "required",
            "--alpn",
            "y",
            "--connections",
            "2",
            "--resume",
            "--server-name",
            TestAuthority.SERVER_NAME,
            "--keylog",
            keylog.toString()
        };
        try (PythonPeer.Server there = PythonPeer.server(serving);
                PythonPeer here = PythonPeer.client(there.port(), connecting)) {
            List<PythonFacts> ours = here.awaitFacts();
            List<PythonFacts> theirs = there.peer().awaitFacts();
            assertEquals(2, ours.size());
            for (int i = 0; i < 2; i++) {
                PythonFacts fact = ours.get(i);
                assertEquals(Optional.empty(), fact.error());
                assertEquals(Optional.of("TLSv1.2"), fact.version());
                assertEquals(Optional.of("y"), fact.applicationProtocol());
                assertEquals(i == 1, fact.sessionReused());
                assertTrue(fact.echoed());
                assertTrue(fact.peerCertificate());
                assertEquals(List.of("commonName=server"), fact.peerSubject());
                assertEquals(24, fact.tlsUnique().orElseThrow().length());
                assertEquals(fact.tlsUnique(), theirs.get(i).tlsUnique());
                assertEquals(fact.cipher(), theirs.get(i).cipher());
            }
            assertTrue(
                    theirs.get(0).sharedCiphers().contains(ours.get(0).cipher().orElseThrow()));
            assertTrue(Files.readString(keylog).contains("CLIENT_RANDOM "));
        }
    }

    @Test
    void aFailureHasOpenSslsName(@TempDir Path directory) throws Exception {
        String server = authority.server(KeyKind.EC).write(directory, "server").toString();
        String stranger =
                TestAuthority.create("Stranger").write(directory, "stranger").toString();
        try (PythonPeer.Server there = PythonPeer.server("--cert", server);
                PythonPeer here = PythonPeer.client(there.port(), "--ca", stranger, "--verify", "required")) {
            PythonFacts refused = here.awaitFacts().get(0);
            assertEquals(Optional.of("CERTIFICATE_VERIFY_FAILED"), refused.error());
            assertEquals(Optional.empty(), refused.version());
            assertFalse(refused.echoed());
            PythonFacts told = there.peer().awaitFacts().get(0);
            assertEquals(Optional.of("TLSV1_ALERT_UNKNOWN_CA"), told.error());
        }
    }
}
