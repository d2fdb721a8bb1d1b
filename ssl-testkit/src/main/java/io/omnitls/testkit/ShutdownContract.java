package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.DrippingPair;
import io.omnitls.testkit.net.Link;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.Transport;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SPEC.md part 4: how connections end. */
public interface ShutdownContract extends Contract {
    private BioPair open(TlsVersion version) throws Exception {
        BioPair pair = new BioPair(
                fixture().clientBuilder().maximumVersion(version).build(),
                fixture().serverBuilder().build(),
                TestAuthority.SERVER_NAME,
                Segmentation.none());
        assertTrue(pair.handshake().completed());
        return pair;
    }

    @Test
    default void rule4_1_closeNotifyIsTheEndOfTheData() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = open(version)) {
                pair.client().write(new byte[] {7});
                assertThrows(TlsWantReadException.class, pair.client()::unwrap);
                pair.carryAll();
                assertArrayEquals(new byte[] {7}, pair.server().read(10));
                assertEquals(0, pair.server().read(10).length);
                pair.server().unwrap();
                pair.carryAll();
                pair.client().unwrap();
            }
        }
    }

    @Test
    default void rule4_2_whatFollowsCloseNotifyIsHandedOutAsPlaintext() throws Exception {
        byte[] ping = "in the clear again".getBytes(StandardCharsets.US_ASCII);
        for (TlsVersion version : fixture().versions()) {
            try (Loopback loopback = new Loopback(fixture().serverBuilder().build(), socket -> {
                        assertEquals(-1, socket.getInputStream().read());
                        Socket plain = socket.unwrap();
                        plain.getOutputStream().write(plain.getInputStream().readNBytes(ping.length));
                        plain.close();
                    });
                    TlsSocket client = loopback.connect(
                            fixture().clientBuilder().maximumVersion(version).build(),
                            ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
                client.handshake();
                try (Socket plain = client.unwrap()) {
                    plain.getOutputStream().write(ping);
                    assertArrayEquals(ping, plain.getInputStream().readNBytes(ping.length));
                    assertEquals(-1, plain.getInputStream().read());
                }
                loopback.await();
            }
        }
    }

    private Link open(Transport transport, TlsVersion version) throws Exception {
        return open(transport, version, ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
    }

    private Link open(Transport transport, TlsVersion version, ConnectionOptions options) throws Exception {
        Link link = transport.connect(
                fixture().clientBuilder().maximumVersion(version).build(),
                fixture().serverBuilder().build(),
                options,
                Segmentation.none());
        BioPair.Outcome outcome = link.handshake();
        assertTrue(outcome.completed(), outcome::toString);
        return link;
    }

    @ParameterizedTest
    @EnumSource
    default void rule4_3_theEndOfTheTransportWithoutCloseNotifyIsAnErrorWhereverItComes(Transport transport)
            throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (Role from : Role.values()) {
                boolean everyByte = transport == Transport.MEMORY && from == Role.CLIENT;
                boolean lost = true;
                for (int cut = 0; lost; cut += everyByte || cut < 6 ? 1 : cut) {
                    try (Link link = open(transport, version)) {
                        link.cutAfter(from, cut);
                        link.write(from, new byte[] {1, 2, 3});
                        link.cutAfter(from, 0);
                        TlsException failure = assertThrows(
                                TlsEofException.class, () -> readToTheEnd(link, Link.peer(from)), "cut after " + cut);
                        assertEquals(ErrorReason.UNEXPECTED_EOF_WHILE_READING, failure.reason());
                        lost = link.lost(from);
                    }
                }
            }
        }
    }

    private static void readToTheEnd(Link link, Role role) throws IOException {
        while (link.read(role, 10).length > 0) {
            // What was not cut off.
        }
    }

    @ParameterizedTest
    @EnumSource
    default void rule4_4_theEndOfTheTransportInTheHandshakeIsAnError(Transport transport) throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (Role from : Role.values()) {
                for (int cut : new int[] {0, 1, 4, 5, 6, 40}) {
                    try (Link link = transport.connect(
                            fixture().clientBuilder().maximumVersion(version).build(),
                            fixture().serverBuilder().build(),
                            ConnectionOptions.serverName(TestAuthority.SERVER_NAME),
                            Segmentation.none())) {
                        link.cutAfter(from, cut);
                        BioPair.Outcome outcome = link.handshake();
                        Optional<TlsException> noticed = from == Role.CLIENT ? outcome.server() : outcome.client();
                        assertInstanceOf(TlsEofException.class, noticed.orElse(null), () -> from + " cut after " + cut);
                        assertFalse(outcome.completed());
                        assertTrue(
                                outcome.client().isPresent() && outcome.server().isPresent(), outcome::toString);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void rule4_5_raggedEofsReadAsTheEndOfTheDataOnlyWhenAskedFor(Transport transport) throws Exception {
        ConnectionOptions options = ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
        for (TlsVersion version : fixture().versions()) {
            try (Link link = open(transport, version, options.suppressingRaggedEofs())) {
                link.cutAfter(Role.SERVER, 0);
                assertEquals(0, link.read(Role.CLIENT, 10).length);
            }
            try (Link link = open(transport, version, options)) {
                link.cutAfter(Role.SERVER, 0);
                assertThrows(TlsEofException.class, () -> link.read(Role.CLIENT, 10));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void rule4_6_nothingIsWrittenAfterThisEndsCloseNotify(Transport transport) throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (Role closing : Role.values()) {
                try (Link link = open(transport, version)) {
                    link.closeOutput(closing);
                    TlsException failure = assertThrows(TlsException.class, () -> link.write(closing, new byte[1]));
                    assertEquals(ErrorReason.PROTOCOL_IS_SHUTDOWN, failure.reason());
                    link.write(Link.peer(closing), new byte[] {3});
                    assertArrayEquals(new byte[] {3}, link.read(closing, 1), "reading goes on");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void rule4_7_writingAfterThePeersCloseNotifyWorksOrSaysThatThePeerIsGone(Transport transport)
            throws Exception {
        for (TlsVersion version : fixture().versions()) {
            boolean halfClose =
                    version == TlsVersion.TLS_1_3 && fixture().expected().has(Feature.HALF_CLOSE);
            for (Role closing : Role.values()) {
                Role left = Link.peer(closing);
                try (Link link = open(transport, version)) {
                    link.closeOutput(closing);
                    assertEquals(0, link.read(left, 1).length);
                    if (halfClose) {
                        link.write(left, new byte[] {5});
                        assertArrayEquals(new byte[] {5}, link.read(closing, 1));
                    } else {
                        TlsException failure = assertThrows(TlsException.class, () -> link.write(left, new byte[1]));
                        assertEquals(ErrorReason.ZERO_RETURN, failure.reason());
                        assertEquals(0, link.read(left, 1).length, "reading is not the worse for it");
                        link.unwrap(left);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void rule4_8_unwrapDoesNotThrowUnreadDataAway(Transport transport) throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (Role closing : Role.values()) {
                Role left = Link.peer(closing);
                try (Link link = open(transport, version)) {
                    link.write(closing, new byte[] {9});
                    link.closeOutput(closing);
                    TlsException failure = assertThrows(TlsException.class, () -> link.unwrap(left));
                    assertEquals(ErrorReason.APPLICATION_DATA_AFTER_CLOSE_NOTIFY, failure.reason());
                    assertArrayEquals(new byte[] {9}, link.read(left, 10));
                    link.unwrap(left);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void rule4_9_aFailureIsTheLastWordAndNeverThrownTwice(Transport transport) throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (Role cut : Role.values()) {
                Role failed = Link.peer(cut);
                try (Link link = open(transport, version)) {
                    link.cutAfter(cut, 0);
                    TlsException first = assertThrows(TlsException.class, () -> link.read(failed, 1));
                    Set<TlsException> thrown = Collections.newSetFromMap(new IdentityHashMap<>());
                    thrown.add(first);
                    for (Executable operation : List.<Executable>of(
                            () -> link.read(failed, 1),
                            () -> link.write(failed, new byte[1]),
                            () -> link.unwrap(failed))) {
                        TlsException again = assertThrows(first.getClass(), operation);
                        assertSame(first, again.getCause());
                        assertEquals(first.getMessage(), again.getMessage());
                        assertEquals(first.alert(), again.alert());
                        assertTrue(thrown.add(again), "thrown before");
                    }
                }
            }
        }
    }

    /** Whoever closes a stream flushes it first, and try-with-resources adds the one failure to the other. */
    @Test
    default void rule4_29_aStreamOfAFailedConnectionCanBeClosed() throws Exception {
        try (Loopback loopback = new Loopback(fixture().serverBuilder().build(), socket -> {
                    socket.handshake();
                    socket.setSoLinger(true, 0); // close() is a reset
                });
                TlsSocket client = loopback.connect(
                        fixture().clientBuilder().build(), ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
            client.handshake();
            loopback.await();
            IOException failure = assertThrows(IOException.class, () -> {
                try (OutputStream outer = new BufferedOutputStream(client.getOutputStream());
                        OutputStream inner = new BufferedOutputStream(outer)) {
                    // The buffer keeps what it could not write, and tries again when it is closed.
                    for (int i = 0; i < 1_000_000; i++) {
                        inner.write(new byte[1000]);
                    }
                }
            });
            assertFalse(String.valueOf(failure.getMessage()).endsWith("null"), failure.getMessage());
        }
    }

    /** So short that a peer who sends a byte now and then is never late by itself. */
    int SHORT_MILLIS = 400;

    @ParameterizedTest
    @EnumSource
    default void rule4_10_theTimeOutIsTheLimitForTheWholeOperationAndCanBeRepeated(Role waiting) throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext clients =
                    fixture().clientBuilder().maximumVersion(version).build();
            ServerContext servers = fixture().serverBuilder().build();
            try (DrippingPair pair = DrippingPair.open();
                    TlsSocket client =
                            clients.wrap(pair.client(), ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
                    TlsSocket server = servers.wrap(pair.server())) {
                TlsSocket patient = waiting == Role.CLIENT ? client : server;
                TlsSocket other = waiting == Role.CLIENT ? server : client;
                other.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                BackgroundTask<Integer> echo = echo(other);

                pair.dripTo(waiting);
                patient.setSoTimeout(SHORT_MILLIS);
                assertThrows(SocketTimeoutException.class, patient::handshake, "a handshake");
                pair.flow();
                patient.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                patient.handshake();

                pair.dripTo(waiting);
                patient.getOutputStream().write(new byte[200]);
                patient.setSoTimeout(SHORT_MILLIS);
                assertThrows(SocketTimeoutException.class, patient.getInputStream()::read, "a read");
                pair.flow();
                patient.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                assertEquals(200, patient.getInputStream().readNBytes(200).length);
                assertEquals(200, echo.get());
            }
        }
    }

    private static BackgroundTask<Integer> echo(TlsSocket socket) {
        return BackgroundTask.of(() -> {
            byte[] data = socket.getInputStream().readNBytes(200);
            socket.getOutputStream().write(data);
            return data.length;
        });
    }
}
