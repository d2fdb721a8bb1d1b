package io.omnitls.cli;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionInfo;
import io.omnitls.TlsSocket;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Handshakes of one provider with one server, of which nothing is asked but that it agrees. */
final class Probe {
    private final String provider;
    private final Target target;
    private final Dialing dialing;

    /**
     * How a handshake went.
     *
     * @param info what was agreed on; empty when nothing was
     * @param chain what the server sent, which it may have done before it failed
     * @param trouble why nothing was agreed on, or the empty string
     */
    record Attempt(Optional<ConnectionInfo> info, List<X509Certificate> chain, String trouble) {}

    Probe(String provider, Target target, Dialing dialing) {
        this.provider = provider;
        this.target = target;
        this.dialing = dialing;
    }

    String provider() {
        return provider;
    }

    /**
     * A context for one version; empty when the backend cannot do what {@code wishes} ask for.
     *
     * @param wishes what else is asked for
     */
    Optional<ClientContext> context(TlsVersion version, Consumer<ClientContext.Builder> wishes) throws IOException {
        ClientContext.Builder builder = ClientContext.builder()
                .provider(provider)
                .verifyLocations(TrustStore.builder().build())
                .checkHostname(false)
                .verifyMode(VerifyMode.NONE)
                .minimumVersion(version)
                .maximumVersion(version);
        try {
            wishes.accept(builder);
            return Optional.of(builder.build());
        } catch (UnsupportedFeatureException | IllegalArgumentException cannot) {
            return Optional.empty();
        }
    }

    /**
     * A connection that is closed as soon as it is there.
     *
     * @throws IOException when TLS did not even begin
     */
    Attempt attempt(ClientContext context) throws IOException {
        return Talk.with(target, dialing, context, dialing.connectionTo(target), talk -> {
            TlsSocket socket = talk.socket();
            return talk.failure()
                    .map(failure -> new Attempt(Optional.empty(), socket.unverifiedChain(), Failures.describe(failure)))
                    .orElseGet(() -> new Attempt(Optional.of(socket.info()), socket.unverifiedChain(), ""));
        });
    }
}
