package io.omnitls.integration.vertx;

import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.util.concurrent.TimeUnit;

/** The server of Vert.x 5. */
final class VertxServer implements ServerUse {
    @Override
    public Running start(ServerContext context) throws Exception {
        HttpServer server = VertxTls.VERTX
                .createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setHost("localhost")
                        .setPort(0)
                        .setKeyCertOptions(KeyCertOptions.wrap(context.keyManager())) // it wants some
                        .setSslEngineOptions(new VertxTls(context)))
                .requestHandler(VertxServer::answer)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(Deadline.SECONDS, TimeUnit.SECONDS);
        return new Running(server.actualPort(), server::close);
    }

    private static void answer(HttpServerRequest request) {
        String peer = Peers.name(request.connection().sslSession());
        request.body().onSuccess(body -> request.response().end(Cargo.answer(peer, body.toString())));
    }
}
