package io.omnitls.integration.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsProviders;
import io.omnitls.integration.Case;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Running;
import io.omnitls.integration.netty.NettyHttpServer;
import io.omnitls.integration.netty.ServerTls;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients of HTTP over a context that keeps sessions: each connection but the first is resumed, and both ends say so. */
class ResumptionTest {
    private static final Map<String, ClientUse> CLIENTS = Map.of(
            "java.net.http", new JdkHttp2(),
            "HttpsURLConnection", new UrlConnection(),
            "OkHttp", new OkHttp(UnaryOperator.identity()),
            "Apache HttpClient", new ApacheClassic(),
            "Apache HttpClient, asynchronous", new ApacheAsync());

    /** A client over a provider in a version that it resumes. */
    record Resumed(String client, String provider, TlsVersion version) {
        ClientUse use() {
            return CLIENTS.get(client);
        }

        ClientContext context(int sessions) throws Exception {
            return Case.GOOD
                    .clientBuilder(provider)
                    .minimumVersion(version)
                    .maximumVersion(version)
                    .resumeSessions(sessions)
                    .build();
        }
    }

    static Stream<Resumed> resumed() {
        return CLIENTS.keySet().stream()
                .sorted()
                .flatMap(client -> Stream.of("jsse", "conscrypt", "bcfips")
                        .flatMap(provider ->
                                versions(provider).stream().map(version -> new Resumed(client, provider, version))));
    }

    private static List<TlsVersion> versions(String provider) {
        Set<Feature> features = TlsProviders.named(provider).capabilities().features();
        return features.contains(Feature.SESSION_RESUMPTION_TLS13)
                ? List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)
                : List.of(TlsVersion.TLS_1_2);
    }

    @ParameterizedTest
    @MethodSource("resumed")
    void eachConnectionButTheFirstIsResumed(Resumed resumed) throws Exception {
        for (int sessions : new int[] {10, 0}) {
            ServerContext server = Case.GOOD.serverContext(resumed.provider());
            Running running = new NettyHttpServer(ServerTls.JDK_SSL_CONTEXT).start(server);
            try {
                ClientContext client = resumed.context(sessions);
                String first = resumed.use().exchange(client, running.port());
                assertEquals(first, resumed.use().exchange(client, running.port()));
                assertEquals(first, resumed.use().exchange(client, running.port()));
                long hits = sessions > 0 ? 2 : 0;
                assertEquals(3, server.sessionStats().acceptGood());
                assertEquals(hits, server.sessionStats().hits(), "the server resumed");
                assertEquals(hits, client.sessionStats().hits(), "the client resumed");
            } finally {
                running.stop().now();
            }
        }
    }
}
