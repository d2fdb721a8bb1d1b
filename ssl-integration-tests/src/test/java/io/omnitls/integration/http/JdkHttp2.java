package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** {@code java.net.http}, which finds HTTP/2 by ALPN. */
public final class JdkHttp2 implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
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
