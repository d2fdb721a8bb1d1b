package io.omnitls.integration;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What every consumer goes through: whom the two ends are, and what has to come of it. Servers are called "localhost". */
public enum Case {
    /** The server is the one that it should be, and asks for no certificate. */
    GOOD(Optional.empty()),
    /** The server's certificate is another server's. */
    WRONG_NAME(Optional.of(VerifyCode.HOSTNAME_MISMATCH)),
    /** The server's certificate was good until yesterday. */
    EXPIRED(Optional.of(VerifyCode.CERT_HAS_EXPIRED)),
    /** The server requires a certificate, and the client has one. */
    CLIENT_CERTIFICATE(Optional.empty()),
    /** The server requires a certificate, and the client has none. */
    NO_CLIENT_CERTIFICATE(Optional.empty());

    private final Optional<VerifyCode> verdict;

    Case(Optional<VerifyCode> verdict) {
        this.verdict = verdict;
    }

    /** The case whose server can be asked in this one too: with it, servers are started once for both. */
    Case serverOf() {
        return this == NO_CLIENT_CERTIFICATE ? CLIENT_CERTIFICATE : this;
    }

    /** The verdict on the server that the client has to come to, if that is what ends the exchange. */
    Optional<VerifyCode> verdict() {
        return verdict;
    }

    /** Whether the exchange takes place. */
    boolean succeeds() {
        return verdict.isEmpty() && this != NO_CLIENT_CERTIFICATE;
    }

    /** Who the server has to see. */
    String client() {
        return this == CLIENT_CERTIFICATE ? Peers.CLIENT : Peers.NOBODY;
    }

    /** Whether the server takes no client without a certificate of the authority. */
    public boolean requiresCertificate() {
        return serverOf() == CLIENT_CERTIFICATE;
    }

    /** Who has issued all certificates, in PEM. */
    public static String authorityPem() {
        return Pki.AUTHORITY.certificatePem();
    }

    /** The server's context. */
    public ServerContext serverContext(String provider) throws TlsException {
        ServerContext.Builder builder = ServerContext.builder()
                .provider(provider)
                .certificateChain(serverIdentity().credentials());
        if (requiresCertificate()) {
            builder.verifyMode(VerifyMode.REQUIRED).verifyLocations(Pki.AUTHORITY.trust());
        }
        return builder.build();
    }

    ClientContext clientContext(String provider) throws TlsException {
        return clientBuilder(provider).build();
    }

    /** The client's context, which can be told more. */
    public ClientContext.Builder clientBuilder(String provider) {
        ClientContext.Builder builder =
                ClientContext.builder().provider(provider).verifyLocations(Pki.AUTHORITY.trust());
        if (this == CLIENT_CERTIFICATE) {
            builder.certificateChain(Pki.CLIENT.credentials());
        }
        return builder;
    }

    /** What the server proves itself with. */
    public TestIdentity serverIdentity() {
        return switch (this) {
            case WRONG_NAME -> Pki.OTHER_SERVER;
            case EXPIRED -> Pki.EXPIRED_SERVER;
            default -> Pki.SERVER;
        };
    }

    private static final class Pki {
        static final TestAuthority AUTHORITY = TestAuthority.create("Integration Root");
        static final TestIdentity SERVER = AUTHORITY.server(KeyKind.EC, template -> template.dnsName("localhost"));
        static final TestIdentity OTHER_SERVER = AUTHORITY.server(KeyKind.EC);
        static final TestIdentity EXPIRED_SERVER = AUTHORITY.server(
                KeyKind.EC,
                template -> template.dnsName("localhost")
                        .valid(
                                Instant.now().minus(Duration.ofDays(2)),
                                Instant.now().minus(Duration.ofDays(1))));
        static final TestIdentity CLIENT = AUTHORITY.client(KeyKind.EC);
    }
}
