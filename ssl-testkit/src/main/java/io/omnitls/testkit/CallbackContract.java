package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback.Decision;
import io.omnitls.TlsBioConnection;
import io.omnitls.TlsChannel;
import io.omnitls.TlsConnection;
import io.omnitls.TlsSocket;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.SocketChannelPair;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** SPEC.md part 3: the application's own code, called in a handshake, and what it may do to its connection. */
public interface CallbackContract extends Contract {
    /** One end of a connection that calls {@code code} in its handshake, with itself. */
    private void withEachKindOfCallback(Consumer<TlsConnection> code, Scene scene) throws Exception {
        for (TlsVersion version : fixture().versions()) {
            AtomicReference<TlsConnection> self = new AtomicReference<>();
            Runnable call = () -> Optional.ofNullable(self.get()).ifPresent(code);
            ClientContext plainClient =
                    fixture().clientBuilder().maximumVersion(version).build();
            ClientContext client = fixture()
                    .clientBuilder()
                    .maximumVersion(version)
                    .clock(CallingClock.of(call))
                    .build();
            ServerContext server = fixture()
                    .serverBuilder()
                    .serverNameCallback(hello -> {
                        call.run();
                        return new Decision.Proceed();
                    })
                    .build();
            ServerContext plainServer = fixture().serverBuilder().build();
            ConnectionOptions options = ConnectionOptions.serverName(TestAuthority.SERVER_NAME);

            try (BioPair pair = new BioPair(client, plainServer, options, Segmentation.none())) {
                self.set(pair.client());
                scene.play(of(self), () -> carry(pair, pair.client(), pair.server()));
            }
            try (BioPair pair = new BioPair(plainClient, server, options, Segmentation.none())) {
                self.set(pair.server());
                scene.play(of(self), () -> carry(pair, pair.server(), pair.client()));
            }
            try (Loopback loopback = new Loopback(plainServer, CallbackContract::answer);
                    TlsSocket socket = loopback.connect(client, options)) {
                self.set(socket);
                scene.play(socket, socket::handshake);
            }
            try (SocketChannelPair sockets = SocketChannelPair.open();
                    TlsChannel channel = server.wrap(sockets.server());
                    TlsChannel peer = plainClient.wrap(sockets.client(), options)) {
                self.set(channel);
                BackgroundTask<Boolean> answering = inBackground(() -> answer(peer));
                scene.play(channel, channel::handshake);
                close(channel);
                answering.get();
            }
        }
    }

    /** Something that may be done to an end whose handshake calls code. */
    interface Scene {
        void play(TlsConnection end, IoAction handshake) throws Exception;
    }

    /** Something that may fail. */
    interface IoAction {
        void run() throws IOException;
    }

    /** Before the end of its try, so that the peer comes to its own. */
    private static void close(TlsConnection end) throws IOException {
        end.close();
    }

    /** The peer, which echoes one byte if it can. */
    private static void answer(TlsConnection peer) {
        try (peer) {
            ByteBuffer one = ByteBuffer.allocate(1);
            peer.read(one);
            one.flip();
            peer.write(one);
        } catch (IOException over) {
            // Some scenes end the connection.
        }
    }

    private static void carry(BioPair pair, TlsBioConnection end, TlsBioConnection peer) throws IOException {
        for (int turn = 0; turn < 20 && !(end.handshakeComplete() && peer.handshakeComplete()); turn++) {
            attempt(peer::handshake);
            pair.carryAll();
            attempt(end::handshake);
            pair.carryAll();
        }
    }

    private static void attempt(IoAction handshake) throws IOException {
        try {
            handshake.run();
        } catch (TlsWantReadException notYet) {
            // The next turn brings more.
        }
    }

    private static BackgroundTask<Boolean> inBackground(IoAction action) {
        return BackgroundTask.of(() -> {
            action.run();
            return true;
        });
    }

    @Test
    default void rule3_11_aCallbackCannotUseTheConnectionThatCalledIt() throws Exception {
        List<String> wrong = new ArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        Consumer<TlsConnection> code = end -> {
            calls.incrementAndGet();
            for (IoAction use : List.<IoAction>of(
                    () -> end.read(ByteBuffer.allocate(1)),
                    () -> end.write(ByteBuffer.allocate(1)),
                    end::handshake,
                    () -> unwrap(end))) {
                try {
                    use.run();
                    wrong.add("nothing was thrown");
                } catch (IllegalStateException said) {
                    // As it should be.
                } catch (Throwable other) {
                    wrong.add(other.toString());
                }
            }
            assertEquals(0, end.pending());
            assertFalse(end.handshakeComplete());
        };
        withEachKindOfCallback(code, (end, handshake) -> {
            int before = calls.get();
            handshake.run();
            assertTrue(calls.get() > before, "the code was called");
            assertEquals(List.of(), wrong);
            assertTrue(end.handshakeComplete(), "the connection is none the worse for it");
        });
    }

    private static void unwrap(TlsConnection end) throws IOException {
        if (end instanceof TlsSocket socket) {
            socket.unwrap();
        } else if (end instanceof TlsChannel channel) {
            channel.unwrap();
        } else {
            ((TlsBioConnection) end).unwrap();
        }
    }

    @Test
    default void rule3_12_closeTakesEffectWhenTheCallbackReturnsAndWaitsForNone() throws Exception {
        Consumer<TlsConnection> code = end -> {
            try {
                end.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
        withEachKindOfCallback(code, (end, handshake) -> {
            assertThrows(IOException.class, handshake::run, "it was closed");
            assertFalse(end.handshakeComplete());
            assertThrows(IOException.class, end::handshake, "it is closed");
        });
        AtomicReference<CountDownLatch> inside = new AtomicReference<>();
        AtomicReference<CountDownLatch> done = new AtomicReference<>();
        Consumer<TlsConnection> waiting = end -> {
            of(inside).countDown();
            await(of(done));
        };
        withEachKindOfCallback(waiting, (end, handshake) -> {
            inside.set(new CountDownLatch(1));
            done.set(new CountDownLatch(1));
            BackgroundTask<Boolean> handshaking = inBackground(handshake);
            await(of(inside));
            inBackground(end::close).get();
            assertFalse(handshaking.done());
            assertEquals(0, end.pending());
            of(done).countDown();
            assertThrows(Exception.class, handshaking::get, "it was closed");
            assertFalse(end.handshakeComplete());
        });
    }

    private static <T> T of(AtomicReference<T> holder) {
        return Objects.requireNonNull(holder.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS), "nobody came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    default void rule3_13_afterWhateverACallbackThrowsTheConnectionHasFailed() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (Supplier<Throwable> throwable : Culprit.throwables()) {
                for (CulpritScene scene : CulpritScene.all(fixture(), version, throwable)) {
                    assertFails(scene, version);
                }
            }
        }
    }

    private void assertFails(CulpritScene scene, TlsVersion version) throws Exception {
        Culprit culprit = scene.culprit();
        try (BioPair pair = new BioPair(
                scene.client().build(), scene.server().build(), TestAuthority.SERVER_NAME, Segmentation.none())) {
            TlsBioConnection failing = scene.at() == Role.CLIENT ? pair.client() : pair.server();
            TlsBioConnection other = scene.at() == Role.CLIENT ? pair.server() : pair.client();
            culprit.arm();
            Throwable first = assertThrows(Throwable.class, () -> carry(pair, failing, other));
            String what = scene + " in " + version + " threw " + culprit.thrown() + ": " + first;
            assertTrue(isOrHas(first, culprit.thrown()), what);
            int asked = culprit.calls();
            for (int i = 0; i < 2; i++) {
                TlsException again = assertThrows(TlsException.class, failing::handshake, what);
                assertTrue(isOrHas(again, culprit.thrown()), what);
            }
            assertEquals(asked, culprit.calls(), what);
            assertTrue(pair.isOver(other), what + ": the other end was not told");
        }
    }

    private static boolean isOrHas(Throwable thrown, Throwable cause) {
        Throwable one = thrown;
        for (int i = 0; i < 20 && one != null; i++) {
            if (one == cause) {
                return true;
            }
            one = one.getCause();
        }
        return false;
    }
}
