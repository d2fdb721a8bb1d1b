package io.omnitls.integration.messaging;

import io.omnitls.ServerContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.config.SslConfigs;

/** Where a broker's listener gets its engines from. Its settings are text, so the key store's name stands for a context. */
public final class ServerEngines implements Engines {
    /** A listener's context may come when the broker is up already: until then nobody knows of the listener. */
    private static final Map<String, CompletableFuture<ServerContext>> CONTEXTS = new ConcurrentHashMap<>();

    private String name;

    /** Kafka makes it by the name of its class. */
    public ServerEngines() {}

    /** Which context the name stands for. */
    static CompletableFuture<ServerContext> context(String name) {
        return CONTEXTS.computeIfAbsent(name, unknown -> new CompletableFuture<>());
    }

    @Override
    public void configure(Map<String, ?> settings) {
        name = (String) settings.get(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
    }

    @Override
    public SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
        throw new AssertionError("no broker speaks with another one");
    }

    @Override
    public SSLEngine createServerSslEngine(String host, int port) {
        return context(name).join().sslEngine();
    }
}
