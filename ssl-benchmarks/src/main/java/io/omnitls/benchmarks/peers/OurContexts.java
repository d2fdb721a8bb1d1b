package io.omnitls.benchmarks.peers;

import io.omnitls.ClientContext;
import io.omnitls.ContextBuilder;
import io.omnitls.ServerContext;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.TlsException;

/**
 * The contexts of OmniTLS that ask for what {@link BareContexts} ask for.
 */
public record OurContexts(ClientContext client, ServerContext server) {

    public static OurContexts of(Backend backend, Suite suite, Identity identity) throws TlsException {
        ClientContext.Builder client = ClientContext.builder()
                .verifyLocations(
                        TrustStore.builder().certificate(identity.root()).build());
        ServerContext.Builder server =
                ServerContext.builder().certificateChain(Credentials.of(identity.key(), identity.chain()));
        limit(client, backend, suite);
        limit(server, backend, suite);
        return new OurContexts(client.build(), server.build());
    }

    private static void limit(ContextBuilder<?> builder, Backend backend, Suite suite) {
        builder.provider(backend.id()).minimumVersion(suite.version()).maximumVersion(suite.version());
        if (!suite.tls13()) {
            builder.ciphers("ECDHE-ECDSA-AES256-GCM-SHA384");
        } else if (backend.choosesTls13Suites()) {
            builder.ciphersuites(suite.cipher());
        }
    }
}
