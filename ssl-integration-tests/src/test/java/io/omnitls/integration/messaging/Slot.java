package io.omnitls.integration.messaging;

import io.omnitls.ServerContext;
import java.util.concurrent.CompletableFuture;

/** A listener's context, which it gets when the broker is up already. */
final class Slot {
    private final CompletableFuture<ServerContext> context = new CompletableFuture<>();

    void fill(ServerContext with) {
        context.complete(with);
    }

    /** The context, without which no client knows the listener. */
    ServerContext context() {
        return context.join();
    }
}
