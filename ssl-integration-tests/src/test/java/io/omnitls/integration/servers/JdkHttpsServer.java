package io.omnitls.integration.servers;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The JDK's own server. */
final class JdkHttpsServer implements ServerUse {
    @Override
    public Running start(ServerContext context) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context.sslContext()));
        server.createContext("/", exchange -> {
            try (exchange) {
                String peer = Peers.name(((HttpsExchange) exchange).getSSLSession());
                String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                byte[] body = Cargo.answer(peer, request).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return new Running(server.getAddress().getPort(), () -> server.stop(0));
    }
}
