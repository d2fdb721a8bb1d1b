package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.ClientUse;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5, classic. */
final class ApacheClassic implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        try (CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(context.sslContext()))
                        .setDefaultConnectionConfig(ApacheTimeouts.CONNECTION)
                        .build())
                .disableAutomaticRetries()
                .build()) {
            return client.execute(
                    new HttpGet("https://localhost:" + port + "/"),
                    response -> response.getVersion() + " " + EntityUtils.toString(response.getEntity()));
        }
    }
}
