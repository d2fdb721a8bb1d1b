package io.omnitls.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omnitls.ClientContext;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes every scene through every case on every provider; with {@code -Dtests.consumers=short} the first scene of a class through
 * three.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConsumerTest {
    private static final List<String> PROVIDERS = List.of("jsse", "conscrypt", "bcfips");
    private static final String SHORT = "short";
    private static final String LIST = System.getProperty("tests.consumers", "all");

    private final Map<Server, Running> servers = new HashMap<>();

    /** Who is on stage. */
    protected abstract List<Scene> scenes();

    /** One run of a scene. */
    record Exchange(Scene scene, String provider, Case tried) {
        @Override
        public String toString() {
            return scene.name() + " on " + provider + ": " + tried;
        }
    }

    Stream<Exchange> exchanges() {
        List<Scene> scenes = LIST.equals(SHORT) ? scenes().subList(0, 1) : scenes();
        return scenes.stream()
                .flatMap(scene -> PROVIDERS.stream()
                        .flatMap(provider -> cases().stream().map(tried -> new Exchange(scene, provider, tried))));
    }

    private static Set<Case> cases() {
        return switch (LIST) {
            case "all" -> EnumSet.allOf(Case.class);
            case SHORT -> EnumSet.of(Case.GOOD, Case.WRONG_NAME, Case.CLIENT_CERTIFICATE);
            default -> throw new IllegalArgumentException("tests.consumers is all or short, and not " + LIST);
        };
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void anExchangeTakesPlaceAndFailsForTheReasonItShould(Exchange exchange) throws Exception {
        Scene scene = exchange.scene();
        Case tried = exchange.tried();
        int port = server(new Server(scene.server(), exchange.provider(), tried.serverOf()));
        ClientContext context = tried.clientContext(exchange.provider());
        if (tried.succeeds()) {
            assertEquals(scene.answer(tried), scene.client().exchange(context, port));
            return;
        }
        Exception failure =
                assertThrows(Exception.class, () -> scene.client().exchange(context, port), "the exchange took place");
        if (tried.verdict().isPresent()) {
            Failures.requireVerdict(tried.verdict().get(), failure);
        } else {
            Failures.requireRefusal(failure);
        }
    }

    private record Server(FarEnd use, String provider, Case of) {}

    private int server(Server server) throws Exception {
        Running running = servers.get(server);
        if (running == null) {
            running = server.use().start(server.of(), server.provider());
            servers.put(server, running);
        }
        return running.port();
    }

    @AfterAll
    void stop() throws Exception {
        for (Running running : servers.values()) {
            running.stop().now();
        }
    }
}
