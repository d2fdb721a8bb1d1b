package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The WebSocket of {@code java.net.http}. */
final class JdkWebSocket implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(context.sslContext()).build();
        FirstText answer = new FirstText();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("wss://localhost:" + port + "/socket"), answer)
                .get(Deadline.SECONDS, TimeUnit.SECONDS);
        socket.sendText(Cargo.TEXT, true).get(Deadline.SECONDS, TimeUnit.SECONDS);
        String text = answer.text.get(Deadline.SECONDS, TimeUnit.SECONDS);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(Deadline.SECONDS, TimeUnit.SECONDS);
        return Cargo.peer(text);
    }

    private static final class FirstText implements WebSocket.Listener {
        final CompletableFuture<String> text = new CompletableFuture<>();
        private final StringBuilder received = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            received.append(data);
            if (last) {
                text.complete(received.toString());
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            text.completeExceptionally(error);
        }
    }
}
