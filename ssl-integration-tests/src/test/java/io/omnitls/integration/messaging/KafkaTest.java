package io.omnitls.integration.messaging;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Kafka's producer and consumer with its broker. */
class KafkaTest extends ConsumerTest {
    private final List<KafkaBroker> brokers = new java.util.ArrayList<>();

    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("Kafka", brokers.get(0), new KafkaClient(), "a message"));
    }

    @BeforeAll
    void startBroker() throws Exception {
        brokers.add(new KafkaBroker(12));
    }

    @AfterAll
    void stopBroker() {
        brokers.get(0).stop();
    }
}
