package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.Views;
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
        connection.setSSLSocketFactory(Views.sslSocketFactory(context));
        connection.setConnectTimeout(Deadline.MILLIS);
        connection.setReadTimeout(Deadline.MILLIS);
        try (InputStream in = connection.getInputStream()) {
            return connection.getResponseCode() + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }
}
