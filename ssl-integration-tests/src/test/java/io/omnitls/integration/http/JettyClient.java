package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The client of Jetty 12. It finds {@link JettyClientAlpn} by {@code ServiceLoader}. */
enum JettyClient implements ClientUse {
    HTTP_1 {
        @Override
        HttpClientTransport transport(ClientConnector connector) {
            return new HttpClientTransportOverHTTP(connector);
        }
    },
    HTTP_2 {
        @Override
        HttpClientTransport transport(ClientConnector connector) {
            return new HttpClientTransportOverHTTP2(new HTTP2Client(connector));
        }
    };

    abstract HttpClientTransport transport(ClientConnector connector);

    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(context.sslContext());
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls);
        HttpClient client = new HttpClient(transport(connector));
        client.start();
        try {
            ContentResponse response = client.newRequest("https://localhost:" + port + "/")
                    .method(HttpMethod.POST)
                    .body(new StringRequestContent(Cargo.TEXT))
                    .timeout(Deadline.SECONDS, TimeUnit.SECONDS)
                    .send();
            return response.getVersion() + " " + Cargo.peer(response.getContentAsString());
        } finally {
            client.stop();
        }
    }
}
