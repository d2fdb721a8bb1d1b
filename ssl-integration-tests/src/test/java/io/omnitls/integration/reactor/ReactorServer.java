package io.omnitls.integration.reactor;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.omnitls.integration.netty.JdkContexts;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The server of Reactor Netty, which Spring WebFlux stands upon. */
final class ReactorServer implements ServerUse {
    @Override
    public Running start(ServerContext context) {
        DisposableServer server = HttpServer.create()
                .host("localhost")
                .port(0)
                .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
                .secure(tls -> tls.sslContext(JdkContexts.of(context, "h2", "http/1.1")))
                .handle(ReactorServer::answer)
                .bindNow(Deadline.DURATION);
        return new Running(server.port(), () -> server.disposeNow(Deadline.DURATION));
    }

    private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        AtomicReference<String> peer = new AtomicReference<>();
        request.withConnection(connection -> peer.set(peer(connection.channel())));
        return response.sendString(
                request.receive().aggregate().asString().map(body -> Cargo.answer(peer.get(), body)));
    }

    /** A stream of HTTP/2 is a channel of its own, above that of the connection. */
    private static String peer(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? peer(channel.parent()) : Peers.name(tls.engine().getSession());
    }
}
