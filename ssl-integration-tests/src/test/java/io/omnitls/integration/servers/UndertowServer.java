package io.omnitls.integration.servers;

import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;

/** Undertow with HTTP/2 and HTTP/1.1. */
final class UndertowServer implements ServerUse {
    @Override
    public Running start(ServerContext context) {
        Undertow server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(2)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpsListener(0, "localhost", context.sslContext())
                .setHandler(exchange -> exchange.getRequestReceiver().receiveFullString((whole, body) -> {
                    String peer = Peers.name(whole.getConnection().getSslSession());
                    whole.getResponseSender().send(Cargo.answer(peer, body));
                }))
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return new Running(address.getPort(), server::stop);
    }
}
