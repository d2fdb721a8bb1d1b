import io.omnitls.ClientContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.StringSerializer;

/** KafkaSend ROOTS HOST:PORT TOPIC TEXT [CERTIFICATE KEY]: one record to a broker over TLS. */
public class KafkaSend {
    public static void main(String[] arguments) throws Exception {
        ClientContext.Builder tls = ClientContext.builder().verifyLocations(Path.of(arguments[0]));
        if (arguments.length > 4) {
            tls.certificateChain(Path.of(arguments[4]), Path.of(arguments[5]));
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, arguments[1]);
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SSL");
        settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ContextEngines.class);
        settings.put(ContextEngines.CONTEXT, tls.build());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            System.out.println(
                    producer.send(new ProducerRecord<>(arguments[2], arguments[3])).get());
        } catch (Exception failed) {
            System.err.println("nothing was sent to " + arguments[1] + ": " + reasons(failed));
            System.exit(1);
        }
    }

    /** The verdict on the broker is among the causes; a broker that is not there comes to a time-out. */
    private static String reasons(Throwable failure) {
        StringBuilder reasons = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reasons.append("; ").append(cause.getMessage());
        }
        return reasons.toString();
    }
}
