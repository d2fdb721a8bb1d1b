package io.omnitls.integration.websocket;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;

/**
 * The server of Java-WebSocket, which answers each text with the client's name and that text.
 *
 * <p>Delegated tasks are run at once. On other threads, as it does by default, a busy machine brings its state machine into a state
 * that it has ruled out, or it waits for ever: with the JDK's own engine as with ours, for some 4 of 100 connections.
 */
final class WebSocketServers implements ServerUse {
    @Override
    public Running start(ServerContext context) throws Exception {
        Answering server = new Answering();
        server.setWebSocketFactory(
                new DefaultSSLWebSocketServerFactory(context.sslContext(), ImmediateEventExecutor.INSTANCE));
        server.setDaemon(true);
        server.start();
        return new Running(server.port.get(Deadline.SECONDS, TimeUnit.SECONDS), () -> server.stop(Deadline.MILLIS));
    }

    private static final class Answering extends WebSocketServer {
        final CompletableFuture<Integer> port = new CompletableFuture<>();

        Answering() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        }

        @Override
        public void onStart() {
            port.complete(getPort());
        }

        @Override
        public void onMessage(WebSocket socket, String message) {
            socket.send(Cargo.answer(Peers.name(socket.getSSLSession()), message));
        }

        @Override
        public void onError(WebSocket socket, Exception failure) {
            port.completeExceptionally(failure); // if there is none
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {}

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {}
    }
}
