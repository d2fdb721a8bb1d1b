package io.omnitls.integration.messaging;

import io.omnitls.ClientContext;
import java.util.Map;
import javax.net.ssl.SSLEngine;

/** Where Kafka's clients get their engines from: of the context that their settings hold, as an object. */
public final class ClientEngines implements Engines {
    /** The name of the setting. */
    static final String CONTEXT = "omnitls.context";

    private ClientContext context;

    /** Kafka makes it by the name of its class. */
    public ClientEngines() {}

    @Override
    public void configure(Map<String, ?> settings) {
        context = (ClientContext) settings.get(CONTEXT);
    }

    @Override
    public SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
        return context.sslEngine(host, port);
    }

    @Override
    public SSLEngine createServerSslEngine(String host, int port) {
        throw new AssertionError("a client's settings");
    }
}
