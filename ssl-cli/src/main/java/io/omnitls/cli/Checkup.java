package io.omnitls.cli;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionInfo;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.TlsBioConnection;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.forge.issue.CertificateDraft;
import io.omnitls.forge.issue.IssuedCertificate;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ProviderInfo;
import io.omnitls.spi.TlsProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the doctor finds out about one provider.
 *
 * @param trouble why it does not work; empty when it does
 * @param findings what it is and can do; empty when that cannot be asked
 */
record Checkup(String name, Optional<String> trouble, Optional<Findings> findings) {

    /**
     * What a working provider is and can do.
     *
     * @param defaultCiphers the suites of a context with the default settings, in order
     * @param handshake what a verified connection of this process with itself agreed on
     * @param millis how long one such handshake took, both ends, once warmed up
     */
    record Findings(
            ProviderInfo info,
            Capabilities capabilities,
            List<CipherSuite> defaultCiphers,
            ConnectionInfo handshake,
            double millis) {}

    /** The name of the server that a provider talks with. */
    private static final String NAME = "doctor.invalid";

    private static final int ROUNDS = 20;

    /** The server's certificate, for a conversation of this process with itself. */
    static IssuedCertificate identity() {
        Instant now = Instant.now();
        return CertificateDraft.server(List.of(NAME))
                .valid(now.minus(Duration.ofMinutes(1)), now.plus(Duration.ofHours(1)))
                .selfSigned();
    }

    /**
     * Examines {@code provider}, whatever state it is in. Providers can be begun with at the same time, which takes
     * seconds; what is returned measures how fast this one is, for which it should be alone.
     */
    static Supplier<Checkup> begin(TlsProvider provider, IssuedCertificate identity) {
        if (provider.availability() instanceof Availability.Unavailable unavailable) {
            return () -> new Checkup(provider.name(), Optional.of(unavailable.reason()), Optional.empty());
        }
        try {
            Ends ends = Ends.of(provider, identity);
            ConnectionInfo agreed = ends.talk();
            return () -> finish(provider, ends, agreed);
        } catch (IOException | RuntimeException | LinkageError e) {
            return () -> broken(provider, e);
        }
    }

    private static Checkup finish(TlsProvider provider, Ends ends, ConnectionInfo agreed) {
        try {
            long start = System.nanoTime();
            for (int i = 0; i < ROUNDS; i++) {
                ends.talk();
            }
            double millis = (System.nanoTime() - start) / 1e6 / ROUNDS;
            Findings findings = new Findings(
                    provider.info(), provider.capabilities(), ends.client().ciphers(), agreed, millis);
            return new Checkup(provider.name(), Optional.empty(), Optional.of(findings));
        } catch (IOException | RuntimeException | LinkageError e) {
            return broken(provider, e);
        }
    }

    private static Checkup broken(TlsProvider provider, Throwable trouble) {
        return new Checkup(provider.name(), Optional.of("the live handshake failed: " + trouble), Optional.empty());
    }

    /** Two ends that know each other. */
    private record Ends(ClientContext client, ServerContext server) {
        static Ends of(TlsProvider provider, IssuedCertificate identity) throws IOException {
            ClientContext client = ClientContext.builder()
                    .provider(provider.name())
                    .verifyLocations(
                            TrustStore.builder().pem(identity.certificatePem()).build())
                    .build();
            ServerContext server = ServerContext.builder()
                    .provider(provider.name())
                    .certificateChain(Credentials.pem(identity.chainPem(), identity.privateKeyPem()))
                    .build();
            return new Ends(client, server);
        }

        ConnectionInfo talk() throws IOException {
            return Checkup.talk(client, server);
        }
    }

    /** A handshake, verified, then a message there and back. */
    private static ConnectionInfo talk(ClientContext clientContext, ServerContext serverContext) throws IOException {
        MemoryBio toServer = new MemoryBio();
        MemoryBio toClient = new MemoryBio();
        byte[] message = {'h', 'e', 'l', 'l', 'o'};
        try (TlsBioConnection client = clientContext.wrapBio(toClient, toServer, ConnectionOptions.serverName(NAME));
                TlsBioConnection server = serverContext.wrapBio(toServer, toClient)) {
            boolean done = false;
            while (!done) {
                boolean clientDone = advance(client);
                done = advance(server) && clientDone;
            }
            client.write(message);
            server.write(server.read(message.length));
            if (!Arrays.equals(message, client.read(message.length))) {
                throw new IOException("what came back is not what was sent");
            }
            return client.info();
        }
    }

    private static boolean advance(TlsBioConnection connection) throws IOException {
        try {
            connection.handshake();
            return true;
        } catch (TlsWantReadException notYet) {
            return false;
        }
    }
}
