package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.util.function.UnaryOperator;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * OkHttp 5.
 *
 * @param change what to set beyond TLS
 */
record OkHttp(UnaryOperator<OkHttpClient.Builder> change) implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        OkHttpClient client = change.apply(new OkHttpClient.Builder()
                        .sslSocketFactory(context.sslSocketFactory(), context.trustManager())
                        .callTimeout(Deadline.DURATION))
                .build();
        Request request = new Request.Builder()
                .url("https://localhost:" + port + "/")
                .post(RequestBody.create(Cargo.TEXT, MediaType.get("text/plain")))
                .build();
        try (Response response = client.newCall(request).execute()) {
            return response.protocol() + " " + Cargo.peer(response.body().string());
        } finally {
            client.connectionPool().evictAll();
        }
    }
}
