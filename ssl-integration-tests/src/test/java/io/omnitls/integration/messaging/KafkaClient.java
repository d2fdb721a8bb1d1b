package io.omnitls.integration.messaging;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer of Kafka, and a consumer that gets what it sent. */
final class KafkaClient implements ClientUse {
    private static final String TOPIC = "hello";

    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:" + port);
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SSL");
        settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ClientEngines.class);
        settings.put(ClientEngines.CONTEXT, context);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Deadline.MILLIS);
        RecordMetadata sent;
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            sent = producer.send(new ProducerRecord<>(TOPIC, Cargo.TEXT)).get(Deadline.SECONDS, TimeUnit.SECONDS);
        }
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, sent.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, sent.offset());
            ConsumerRecords<String, String> records = consumer.poll(Deadline.DURATION);
            for (ConsumerRecord<String, String> received : records) {
                Cargo.requireWhole(received.value());
                return "a message";
            }
            throw new TimeoutException("no message came");
        }
    }
}
