package io.omnitls.integration.http;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import io.omnitls.integration.ServerUse;
import io.omnitls.integration.netty.NettyHttpServer;
import io.omnitls.integration.netty.ServerTls;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/** The clients of HTTP. */
class HttpClientsTest extends ConsumerTest {
    private static final ServerUse SERVER = new NettyHttpServer(ServerTls.JDK_SSL_CONTEXT);

    @Override
    protected List<Scene> scenes() {
        return List.of(
                new Scene("java.net.http", SERVER, new JdkHttp2(), "HTTP_2 <client>"),
                new Scene("java.net.http, WebSocket", SERVER, new JdkWebSocket(), "<client>"),
                new Scene("HttpsURLConnection", SERVER, new UrlConnection(), "200 <client>"),
                new Scene("OkHttp", SERVER, new OkHttp(UnaryOperator.identity()), "h2 <client>"),
                new Scene("OkHttp, modern TLS", SERVER, new OkHttp(HttpClientsTest::modern), "h2 <client>"),
                new Scene("Apache HttpClient", SERVER, new ApacheClassic(), "HTTP/1.1 <client>"),
                new Scene("Apache HttpClient, asynchronous", SERVER, new ApacheAsync(), "HTTP/2.0 <client>"),
                new Scene("Jetty client", SERVER, JettyClient.HTTP_1, "HTTP/1.1 <client>"),
                new Scene("Jetty client, HTTP/2", SERVER, JettyClient.HTTP_2, "HTTP/2.0 <client>"),
                new Scene("AsyncHttpClient", SERVER, new AsyncClient(), "200 <client>"));
    }

    private static OkHttpClient.Builder modern(OkHttpClient.Builder builder) {
        return builder.connectionSpecs(List.of(ConnectionSpec.MODERN_TLS));
    }
}
