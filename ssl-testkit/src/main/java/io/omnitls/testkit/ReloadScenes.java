package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ConnectionOptions;
import io.omnitls.ReloadOptions;
import io.omnitls.ReloadableServerContext;
import io.omnitls.ServerContext;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.MountedSecret;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.X509ExtendedKeyManager;

/** Servers whose files change, and who is met at them. */
final class ReloadScenes {
    private final ProviderFixture fixture;

    ReloadScenes(ProviderFixture fixture) {
        this.fixture = fixture;
    }

    static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    static Map<String, String> contents(TestIdentity identity) {
        return Map.of("tls.crt", identity.certificatePem(), "tls.key", identity.keyPem());
    }

    ServerContext.Builder server(Path chain, Path key) {
        return ServerContext.builder().provider(fixture.provider()).certificateChain(chain, key);
    }

    ReloadableServerContext mounted(MountedSecret secret, ReloadReports reports) throws Exception {
        return ReloadableServerContext.of(
                server(secret.file("tls.crt"), secret.file("tls.key")),
                ReloadOptions.defaults().withListener(reports));
    }

    /** Whom a new client meets. */
    X509Certificate met(ServerContext server) throws Exception {
        try (BioPair pair = new BioPair(fixture.clientBuilder().build(), server, options(), Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            return pair.client().unverifiedChain().get(0);
        }
    }

    /** The chain that goes with the first key of this type. */
    static X509Certificate[] chain(X509ExtendedKeyManager keys, String type) {
        String[] aliases = keys.getServerAliases(type, null);
        assertNotNull(aliases);
        X509Certificate[] chain = keys.getCertificateChain(aliases[0]);
        assertNotNull(chain);
        return chain;
    }
}
