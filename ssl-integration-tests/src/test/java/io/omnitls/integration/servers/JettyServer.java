package io.omnitls.integration.servers;

import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty 12 with HTTP/2 and HTTP/1.1. It finds {@link JettyAlpn} by {@code ServiceLoader}. */
final class JettyServer implements ServerUse {
    @Override
    public Running start(ServerContext context) throws Exception {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(context.sslContext());

        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer());
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");

        QueuedThreadPool threads = new QueuedThreadPool(8, 1);
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(
                server,
                1,
                1,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(http),
                new HttpConnectionFactory(http));
        connector.setHost("localhost");
        server.addConnector(connector);
        server.setHandler(new Answer());
        server.start();
        return new Running(connector.getLocalPort(), server::stop);
    }

    private static final class Answer extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            SslSessionData tls = (SslSessionData) request.getAttribute(SslSessionData.ATTRIBUTE);
            String body = Content.Source.asString(request, StandardCharsets.UTF_8);
            Content.Sink.write(response, true, Cargo.answer(Peers.name(tls.sslSession()), body), callback);
            return true;
        }
    }
}
