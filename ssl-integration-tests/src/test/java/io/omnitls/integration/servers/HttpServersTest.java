package io.omnitls.integration.servers;

import io.omnitls.integration.ClientUse;
import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import io.omnitls.integration.http.ApacheAsync;
import io.omnitls.integration.http.JdkHttp2;
import java.util.List;

/** The servers of HTTP. */
class HttpServersTest extends ConsumerTest {
    private static final ClientUse CLIENT = new JdkHttp2();

    @Override
    protected List<Scene> scenes() {
        return List.of(
                new Scene("HttpsServer", new JdkHttpsServer(), CLIENT, "HTTP_1_1 <client>"),
                new Scene("Jetty", new JettyServer(), CLIENT, "HTTP_2 <client>"),
                new Scene("Tomcat", new TomcatServer(TomcatServer.NIO), CLIENT, "HTTP_2 <client>"),
                new Scene("Tomcat, NIO2", new TomcatServer(TomcatServer.NIO_2), CLIENT, "HTTP_2 <client>"),
                new Scene("Undertow", new UndertowServer(), CLIENT, "HTTP_2 <client>"),
                new Scene("Grizzly", new GrizzlyServer(), CLIENT, "HTTP_1_1 <client>"),
                new Scene("HttpCore", new CoreServer(), CLIENT, "HTTP_1_1 <client>"),
                new Scene("HttpCore, asynchronous", new CoreAsyncServer(), new ApacheAsync(), "HTTP/2.0 <client>"));
    }
}
