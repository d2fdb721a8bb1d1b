package io.omnitls.integration.servers;

import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.omnitls.protocol.VerifyMode;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLUtils;

/** Grizzly, the server of GlassFish and Jersey. */
final class GrizzlyServer implements ServerUse {
    @Override
    public Running start(ServerContext context) throws Exception {
        NetworkListener listener = new NetworkListener("tls", "localhost", 0);
        listener.setSecure(true);
        listener.setSSLEngineConfig(new SSLEngineConfigurator(
                context.sslContext(), false, context.verifyMode() == VerifyMode.REQUIRED, false));
        HttpServer server = new HttpServer();
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new Answer(), "/");
        server.start();
        return new Running(listener.getPort(), server::shutdownNow);
    }

    private static final class Answer extends HttpHandler {
        @Override
        public void service(Request request, Response response) throws Exception {
            String peer = Peers.name(
                    SSLUtils.getSSLEngine(request.getRequest().getConnection()).getSession());
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            response.getWriter().write(Cargo.answer(peer, body));
        }
    }
}
