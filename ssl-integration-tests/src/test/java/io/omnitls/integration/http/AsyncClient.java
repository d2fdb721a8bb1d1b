package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.util.concurrent.TimeUnit;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Response;

/** AsyncHttpClient, which asks for each connection's engine. */
final class AsyncClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        DefaultAsyncHttpClientConfig config = new DefaultAsyncHttpClientConfig.Builder()
                .setSslEngineFactory((settings, host, to) -> context.sslEngine(host, to))
                .setIoThreadsCount(1)
                .setMaxRequestRetry(0)
                .setShutdownQuietPeriod(java.time.Duration.ZERO)
                .build();
        try (AsyncHttpClient client = new DefaultAsyncHttpClient(config)) {
            Response response = client.preparePost("https://localhost:" + port + "/")
                    .setBody(Cargo.TEXT)
                    .execute()
                    .get(Deadline.SECONDS, TimeUnit.SECONDS);
            return response.getStatusCode() + " " + Cargo.peer(response.getResponseBody());
        }
    }
}
