package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;

/** {@code java.net.http}, which finds HTTP/2 by ALPN. */
public final class JdkHttp2 implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        try {
            return attempt(context, port);
        } catch (HttpTimeoutException lost) {
            // JDK 17 forgets a failure that comes between the preface and the request: 12 of 1,500 with its own engine,
            // and
            // none of 500 on JDK 25.
            return attempt(context, port);
        }
    }

    private static String attempt(ClientContext context, int port) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(context.sslContext())
                .version(HttpClient.Version.HTTP_2)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                .timeout(Deadline.DURATION)
                .POST(HttpRequest.BodyPublishers.ofString(Cargo.TEXT))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.version() + " " + Cargo.peer(response.body());
    }
}
