package io.omnitls.integration.netty;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** Netty's client with its server. */
class NettyTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(
                new Scene(
                        "Netty, JdkSslContext",
                        new NettyHttpServer(ServerTls.JDK_SSL_CONTEXT),
                        new NettyHttp2Client(ClientTls.JDK_SSL_CONTEXT),
                        "h2 <client>"),
                new Scene(
                        "Netty, SslHandler",
                        new NettyHttpServer(ServerTls.SSL_HANDLER),
                        new NettyHttp2Client(ClientTls.SSL_HANDLER),
                        "h2 <client>"));
    }
}
