package io.omnitls.integration.vertx;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.TrustOptions;
import java.util.concurrent.TimeUnit;

/** The client of Vert.x 5. */
final class VertxClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        HttpClient client = VertxTls.VERTX.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustOptions(TrustOptions.wrap(context.trustManager())) // it wants some
                .setSslEngineOptions(new VertxTls(context)));
        try {
            return Cargo.peer(client.request(HttpMethod.POST, port, "localhost", "/")
                    .compose(request -> request.send(Cargo.TEXT))
                    .compose(response -> response.body().map(body -> response.version() + " " + body))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(Deadline.SECONDS, TimeUnit.SECONDS));
        } finally {
            client.close();
        }
    }
}
