package io.omnitls.integration.http;

import io.omnitls.integration.Deadline;
import org.apache.hc.client5.http.config.ConnectionConfig;

/** How long Apache HttpClient may take. */
final class ApacheTimeouts {
    static final ConnectionConfig CONNECTION = ConnectionConfig.custom()
            .setConnectTimeout(org.apache.hc.core5.util.Timeout.of(Deadline.DURATION))
            .setSocketTimeout(org.apache.hc.core5.util.Timeout.of(Deadline.DURATION))
            .build();

    private ApacheTimeouts() {}
}
