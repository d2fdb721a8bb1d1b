package io.omnitls.integration.http;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.io.InputStream;
import java.io.OutputStream;
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
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(Cargo.TEXT.length());
        try (OutputStream out = connection.getOutputStream()) {
            out.write(Cargo.TEXT.getBytes(StandardCharsets.US_ASCII));
        }
        try (InputStream in = connection.getInputStream()) {
            String body = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return connection.getResponseCode() + " " + Cargo.peer(body);
        } finally {
            connection.disconnect();
        }
    }
}
