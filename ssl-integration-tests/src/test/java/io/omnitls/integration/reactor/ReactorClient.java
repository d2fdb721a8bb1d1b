package io.omnitls.integration.reactor;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.netty.JdkContexts;
import java.io.IOException;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The client of Reactor Netty, which Spring's {@code WebClient} stands upon. */
final class ReactorClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws IOException {
        ConnectionProvider connections = ConnectionProvider.create("one", 1);
        try {
            String answer = HttpClient.create(connections)
                    .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
                    .secure(tls -> tls.sslContext(JdkContexts.of(context, "h2", "http/1.1")))
                    .disableRetry(true)
                    .post()
                    .uri("https://localhost:" + port + "/")
                    .send(ByteBufMono.fromString(Mono.just(Cargo.TEXT)))
                    .responseSingle((response, body) -> body.asString().map(text -> response.version() + " " + text))
                    .block(Deadline.DURATION);
            return Cargo.peer(answer);
        } finally {
            connections.dispose();
        }
    }
}
