package io.omnitls.integration.servers;

import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** The server of Apache HttpCore 5 whose sockets block. */
final class CoreServer implements ServerUse {
    @Override
    public Running start(ServerContext context) throws IOException {
        HttpServer server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setListenerPort(0)
                .setSslContext(context.sslContext())
                .setSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.ofSeconds(Deadline.SECONDS))
                        .build())
                .register("*", CoreServer::answer)
                .create();
        server.start();
        return new Running(server.getLocalPort(), () -> server.close(CloseMode.IMMEDIATE));
    }

    private static void answer(ClassicHttpRequest request, ClassicHttpResponse response, HttpContext context)
            throws HttpException, IOException {
        String peer = Peers.name(HttpCoreContext.cast(context).getSSLSession());
        String body = EntityUtils.toString(request.getEntity(), StandardCharsets.US_ASCII);
        response.setEntity(new StringEntity(Cargo.answer(peer, body), StandardCharsets.US_ASCII));
    }
}
