package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.reactor.IOReactorConfig;

/** Apache HttpClient 5, asynchronous: it finds HTTP/2 by ALPN. */
public final class ApacheAsync implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        try (CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setTlsStrategy(new DefaultClientTlsStrategy(context.sslContext()))
                        .setDefaultConnectionConfig(ApacheTimeouts.CONNECTION)
                        .build())
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .disableAutomaticRetries()
                .build()) {
            client.start();
            SimpleHttpRequest request = SimpleRequestBuilder.post("https://localhost:" + port + "/")
                    .setBody(Cargo.TEXT, ContentType.TEXT_PLAIN)
                    .build();
            SimpleHttpResponse response = client.execute(request, null).get(Deadline.SECONDS, TimeUnit.SECONDS);
            return response.getVersion() + " " + Cargo.peer(response.getBodyText());
        }
    }
}
