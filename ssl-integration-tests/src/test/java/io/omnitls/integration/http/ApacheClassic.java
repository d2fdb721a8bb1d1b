package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

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
            HttpPost request = new HttpPost("https://localhost:" + port + "/");
            request.setEntity(new StringEntity(Cargo.TEXT));
            return client.execute(
                    request,
                    response -> response.getVersion() + " " + Cargo.peer(EntityUtils.toString(response.getEntity())));
        }
    }
}
