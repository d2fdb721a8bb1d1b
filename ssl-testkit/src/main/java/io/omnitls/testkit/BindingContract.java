package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsConnection;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ChannelBinding;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.net.PythonFacts;
import io.omnitls.testkit.net.PythonPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 10: channel bindings and exporters. */
public interface BindingContract extends Contract {

    private BioPair complete(TlsVersion version) throws Exception {
        boolean exporters = fixture().expected().has(Feature.KEYING_MATERIAL_EXPORT);
        ClientContext client = fixture()
                .clientBuilder()
                .maximumVersion(version)
                .exporters(exporters)
                .build();
        ServerContext server = fixture().serverBuilder().exporters(exporters).build();
        BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none());
        assertEquals(Optional.empty(), pair.client().channelBinding(ChannelBinding.TLS_SERVER_END_POINT));
        BioPair.Outcome outcome = pair.handshake();
        assertTrue(outcome.completed(), outcome::toString);
        return pair;
    }

    @Test
    default void rule10_1_bothEndsExportTheSame() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = complete(version)) {
                if (!fixture().expected().has(Feature.KEYING_MATERIAL_EXPORT)) {
                    assertThrows(
                            UnsupportedFeatureException.class,
                            () -> pair.client().exportKeyingMaterial("EXPERIMENTAL-x", 20));
                    assertThrows(
                            UnsupportedFeatureException.class,
                            () -> pair.client().channelBinding(ChannelBinding.TLS_EXPORTER));
                    continue;
                }
                Bytes context = Bytes.copyOf(new byte[] {1, 2});
                byte[] client = pair.client().exportKeyingMaterial("EXPERIMENTAL-x", context, 77);
                assertEquals(77, client.length);
                assertArrayEquals(client, pair.server().exportKeyingMaterial("EXPERIMENTAL-x", context, 77));
                assertFalse(Arrays.equals(client, pair.server().exportKeyingMaterial("EXPERIMENTAL-y", context, 77)));
                assertFalse(Arrays.equals(client, pair.server().exportKeyingMaterial("EXPERIMENTAL-x", 77)));
                Optional<Bytes> binding = pair.client().channelBinding(ChannelBinding.TLS_EXPORTER);
                assertEquals(32, binding.orElseThrow().size());
                assertEquals(binding, pair.server().channelBinding(ChannelBinding.TLS_EXPORTER));
                assertThrows(IllegalArgumentException.class, () -> pair.client().exportKeyingMaterial("", 20));
                assertThrows(
                        IllegalArgumentException.class, () -> pair.client().exportKeyingMaterial("EXPERIMENTAL-x", 0));
                for (String label : List.of("EXPERIMENTAL-\u00e9", "key expansion", "master secret")) {
                    assertThrows(
                            IllegalArgumentException.class, () -> pair.client().exportKeyingMaterial(label, 20), label);
                }
                pair.client().close();
                assertThrows(TlsException.class, () -> pair.client().exportKeyingMaterial("EXPERIMENTAL-x", 20));
            }
        }
    }

    @Test
    default void rule10_4_nothingIsKeptForExportersUnlessAskedFor() throws Exception {
        if (!fixture().expected().has(Feature.KEYING_MATERIAL_EXPORT)) {
            ClientContext.Builder builder = fixture().clientBuilder().exporters(true);
            assertThrows(UnsupportedFeatureException.class, builder::build);
            return;
        }
        for (TlsVersion version : fixture().versions()) {
            ClientContext client =
                    fixture().clientBuilder().maximumVersion(version).build();
            try (BioPair pair = new BioPair(
                    client, fixture().serverBuilder().build(), TestAuthority.SERVER_NAME, Segmentation.none())) {
                assertTrue(pair.handshake().completed());
                assertThrows(
                        IllegalStateException.class, () -> pair.server().exportKeyingMaterial("EXPERIMENTAL-x", 20));
                assertThrows(
                        IllegalStateException.class, () -> pair.client().channelBinding(ChannelBinding.TLS_EXPORTER));
            }
        }
    }

    @Test
    default void rule10_5_anExportBesideACloseIsRightOrRefused() throws Exception {
        if (!fixture().expected().has(Feature.KEYING_MATERIAL_EXPORT)) {
            return; // rule 10.1 speaks of these
        }
        for (int i = 0; i < CLOSES; i++) {
            TlsVersion version =
                    fixture().versions().get(i % fixture().versions().size());
            try (BioPair pair = complete(version)) {
                byte[] expected = pair.client().exportKeyingMaterial("EXPERIMENTAL-x", 77);
                CountDownLatch begun = new CountDownLatch(1);
                CompletableFuture<Void> exports = CompletableFuture.runAsync(() -> {
                    try {
                        for (; ; ) {
                            byte[] exported = pair.client().exportKeyingMaterial("EXPERIMENTAL-x", 77);
                            begun.countDown(); // a close before the first export would be no race
                            assertArrayEquals(expected, exported);
                        }
                    } catch (TlsException closed) {
                        // As it should be.
                    }
                });
                assertTrue(begun.await(10, TimeUnit.SECONDS), "no export has ended");
                pair.client().close();
                exports.get(10, TimeUnit.SECONDS);
            }
        }
    }

    /** How often that is tried. */
    int CLOSES = 60;

    @Test
    default void rule10_2_bothEndsHaveTheSameBindings() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = complete(version)) {
                byte[] certificate = pair.client().unverifiedChain().get(0).getEncoded();
                Optional<Bytes> endPoint = Optional.of(
                        Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(certificate)));
                assertEquals(endPoint, pair.client().channelBinding(ChannelBinding.TLS_SERVER_END_POINT));
                assertEquals(endPoint, pair.server().channelBinding(ChannelBinding.TLS_SERVER_END_POINT));
                if (version == TlsVersion.TLS_1_3) {
                    assertEquals(Optional.empty(), pair.client().channelBinding(ChannelBinding.TLS_UNIQUE));
                } else if (fixture().expected().has(Feature.TLS_UNIQUE)) {
                    Optional<Bytes> unique = pair.client().channelBinding(ChannelBinding.TLS_UNIQUE);
                    assertEquals(12, unique.orElseThrow().size());
                    assertEquals(unique, pair.server().channelBinding(ChannelBinding.TLS_UNIQUE));
                } else {
                    assertThrows(
                            UnsupportedFeatureException.class,
                            () -> pair.client().channelBinding(ChannelBinding.TLS_UNIQUE));
                }
            }
        }
    }

    @Test
    default void rule10_3_openSslExportsTheSame() throws Exception {
        if (!fixture().expected().has(Feature.KEYING_MATERIAL_EXPORT)) {
            return; // rule 10.1 has seen it refused
        }
        for (TlsVersion version : fixture().versions()) {
            AtomicReference<Bytes> exported = new AtomicReference<>();
            ServerContext context = fixture()
                    .serverBuilder()
                    .maximumVersion(version)
                    .exporters(true)
                    .build();
            try (Loopback server = new Loopback(context, socket -> {
                        assertEquals('x', socket.getInputStream().read());
                        exported.set(Bytes.copyOf(socket.exportKeyingMaterial("EXPERIMENTAL-x", 48)));
                    });
                    OpenSslPeer client = OpenSslPeer.client(
                            server.port(), "-keymatexport", "EXPERIMENTAL-x", "-keymatexportlen", "48")) {
                client.type("x\n");
                server.await();
                String output = client.awaitOutput();
                String ours = String.valueOf(exported.get()).toUpperCase(Locale.ROOT);
                assertTrue(output.contains("Keying material: " + ours), () -> ours + " is not in " + output);
            }
        }
    }

    @Test
    default void rule10_20_nothingIsExportedWithoutExtendedMasterSecret(@TempDir Path directory) throws Exception {
        if (!fixture().expected().has(Feature.KEYING_MATERIAL_EXPORT)
                || !fixture().versions().contains(TlsVersion.TLS_1_2)) {
            return; // rule 10.1 speaks of these
        }
        String pem = fixture().server(KeyKind.EC).write(directory, "server").toString();
        try (PythonPeer.Server server = PythonPeer.server(
                "--cert", pem, "--maximum-version", "1.2", "--no-extended-master-secret", "--connections", "2")) {
            ClientContext client = fixture().clientBuilder().exporters(true).build();
            ConnectionOptions options = ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
            for (int i = 0; i < 2; i++) {
                try (TlsSocket socket = Loopback.connect(server.port(), client, options)) {
                    socket.getOutputStream().write('x');
                    assertEquals('x', socket.getInputStream().read());
                    requireNoExports(socket);
                    options = socket.session().map(options::resuming).orElse(options);
                    socket.unwrap();
                }
            }
            requireEchoed(server.peer().awaitFacts());
        }
        ServerContext context = fixture().serverBuilder().exporters(true).build();
        try (Loopback server = new Loopback(context, 2, socket -> {
                    socket.handshake();
                    requireNoExports(socket);
                    for (int next = socket.getInputStream().read();
                            next >= 0;
                            next = socket.getInputStream().read()) {
                        socket.getOutputStream().write(next);
                    }
                });
                PythonPeer client = PythonPeer.client(
                        server.port(),
                        "--maximum-version",
                        "1.2",
                        "--no-extended-master-secret",
                        "--connections",
                        "2",
                        "--resume")) {
            List<PythonFacts> python = client.awaitFacts();
            server.await();
            requireEchoed(python);
        }
    }

    /** The connections are good for all else. Whether such a session is resumed is each backend's own (RFC 7627 5.3). */
    private static void requireEchoed(List<PythonFacts> python) {
        assertTrue(python.stream().allMatch(PythonFacts::echoed), python::toString);
    }

    private void requireNoExports(TlsConnection end) throws TlsException {
        requireUnbound(() -> end.exportKeyingMaterial("EXPERIMENTAL-x", 20));
        requireUnbound(() -> end.channelBinding(ChannelBinding.TLS_EXPORTER));
        if (fixture().expected().has(Feature.TLS_UNIQUE)) {
            requireUnbound(() -> end.channelBinding(ChannelBinding.TLS_UNIQUE));
        }
        assertTrue(end.channelBinding(ChannelBinding.TLS_SERVER_END_POINT).isPresent(), "it needs no secret");
    }

    private static void requireUnbound(Executable export) {
        TlsException refusal = assertThrows(TlsException.class, export, "exported without extended_master_secret");
        assertEquals(ErrorReason.NO_EXTENDED_MASTER_SECRET, refusal.reason());
    }
}
