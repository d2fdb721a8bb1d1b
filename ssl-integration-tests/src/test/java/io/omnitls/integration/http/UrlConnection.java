package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;

/** {@code HttpsURLConnection}. */
final class UrlConnection implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        HttpsURLConnection connection =
                (HttpsURLConnection) new URL("https://localhost:" + port + "/").openConnection();
        connection.setSSLSocketFactory(context.sslSocketFactory());
        connection.setConnectTimeout(Deadline.MILLIS);
        connection.setReadTimeout(Deadline.MILLIS);
        try (InputStream in = connection.getInputStream()) {
            return connection.getResponseCode() + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }
}
