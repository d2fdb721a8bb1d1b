package io.omnitls.integration.messaging;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.integration.Views;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.security.auth.SslEngineFactory;

/** Where Kafka gets its engines from: of the context that the configuration holds, as an object, under {@link #CONTEXT}. */
public final class ContextEngines implements SslEngineFactory {
    /** The name of the setting. */
    static final String CONTEXT = "omnitls.context";

    private Object context = new Object();

    /** Kafka makes it by the name of its class. */
    public ContextEngines() {}

    @Override
    public void configure(Map<String, ?> settings) {
        context = settings.get(CONTEXT);
    }

    @Override
    public SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
        return Views.sslEngine((ClientContext) context, host, port);
    }

    @Override
    public SSLEngine createServerSslEngine(String host, int port) {
        return Views.sslEngine(((Slot) context).context());
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    /** None: contexts are no key stores. */
    @Override
    public KeyStore keystore() {
        return null;
    }

    /** The same. */
    @Override
    public KeyStore truststore() {
        return null;
    }

    @Override
    public void close() {}
}
