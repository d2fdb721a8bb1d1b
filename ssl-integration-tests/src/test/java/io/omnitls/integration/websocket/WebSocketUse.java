package io.omnitls.integration.websocket;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/** The client of Java-WebSocket. */
final class WebSocketUse implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        Asking client = new Asking(URI.create("wss://localhost:" + port + "/"));
        client.setSocketFactory(context.sslSocketFactory());
        client.setDaemon(true);
        client.connect();
        try {
            return Cargo.peer(client.answer.get(Deadline.SECONDS, TimeUnit.SECONDS));
        } finally {
            client.close();
        }
    }

    private static final class Asking extends WebSocketClient {
        final CompletableFuture<String> answer = new CompletableFuture<>();

        Asking(URI server) {
            super(server);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            send(Cargo.TEXT);
        }

        @Override
        public void onMessage(String message) {
            answer.complete(message);
        }

        @Override
        public void onError(Exception failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            answer.completeExceptionally(new IOException("closed: " + code + " " + reason));
        }
    }
}
