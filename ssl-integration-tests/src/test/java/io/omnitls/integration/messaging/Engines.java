package io.omnitls.integration.messaging;

import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.security.auth.SslEngineFactory;

/** What Kafka asks of a factory besides engines. */
interface Engines extends SslEngineFactory {
    @Override
    default boolean shouldBeRebuilt(Map<String, Object> settings) {
        return false;
    }

    @Override
    default Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    /** None: contexts are no key stores. */
    @Override
    default KeyStore keystore() {
        return null;
    }

    /** The same. */
    @Override
    default KeyStore truststore() {
        return null;
    }

    @Override
    default void close() {}
}
