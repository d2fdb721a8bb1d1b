package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Limits;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** SPEC.md part 2: how large may be what a peer presents. */
public interface LimitContract extends Contract {
    /** More certificates than that no chain has. */
    int MANY = 30;

    private Limits limits() {
        return fixture().expected().limits();
    }

    /** What becomes of a handshake in which the end with this role presents {@code identity}. */
    private Optional<TlsException> present(Role role, TlsVersion version, Credentials identity) throws Exception {
        ClientContext.Builder client = fixture().clientBuilder();
        ServerContext.Builder server = fixture().serverBuilder();
        if (role == Role.CLIENT) {
            client.certificateChain(identity);
            server.verifyLocations(fixture().authority().trust()).verifyMode(VerifyMode.REQUIRED);
        } else {
            server = ServerContext.builder().provider(fixture().provider()).certificateChain(identity);
        }
        try (BioPair pair = new BioPair(
                client.maximumVersion(version).build(),
                server.build(),
                TestAuthority.SERVER_NAME,
                Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed() || outcome.client().isPresent(), "the client hears of it");
            assertTrue(outcome.completed() || outcome.server().isPresent(), "the server hears of it");
            return role == Role.CLIENT ? outcome.server() : outcome.client();
        }
    }

    private static void require(ErrorReason reason, Optional<TlsException> failure, int limit) {
        TlsException refusal = failure.orElseThrow(() -> new AssertionError("nothing was refused, expected " + reason));
        assertEquals(reason, refusal.reason(), refusal::toString);
        assertTrue(String.valueOf(refusal.getMessage()).contains(Integer.toString(limit)), refusal::toString);
    }

    @Test
    default void rule2_43_aChainHasAsManyCertificatesAsIsDeclared() throws Exception {
        for (Role role : Role.values()) {
            TestIdentity identity = role == Role.CLIENT
                    ? fixture().authority().client(KeyKind.EC)
                    : fixture().server(KeyKind.EC);
            int limit = role == Role.CLIENT ? limits().clientCertificates() : limits().serverCertificates();
            for (TlsVersion version : fixture().versions()) {
                Credentials longest = chain(identity, Math.min(limit, MANY));
                assertEquals(Optional.empty(), present(role, version, longest), () -> role + " in " + version);
                if (limit < MANY) {
                    Optional<TlsException> failure = present(role, version, chain(identity, limit + 1));
                    require(ErrorReason.TOO_MANY_CERTIFICATES, failure, limit);
                }
            }
        }
    }

    /** A chain whose path is found with its first certificate; what else is sent does not count. */
    private Credentials chain(TestIdentity identity, int certificates) {
        String others = fixture().authority().certificatePem().repeat(certificates - 1);
        return Credentials.pem(identity.certificatePem() + others, identity.keyPem());
    }

    @Test
    default void rule2_44_aCertificateMessageIsAsLargeAsIsDeclared() throws Exception {
        for (Role role : Role.values()) {
            for (TlsVersion version : fixture().versions()) {
                int limit = limits().certificateMessage();
                Credentials large = large(role, limit - 3_000).credentials();
                assertEquals(Optional.empty(), present(role, version, large), () -> role + " in " + version);
                Optional<TlsException> failure =
                        present(role, version, large(role, limit + 3_000).credentials());
                require(ErrorReason.EXCESSIVE_MESSAGE_SIZE, failure, limit);
            }
        }
    }

    /** An identity whose certificate has about so many bytes. */
    private TestIdentity large(Role role, int size) {
        return role == Role.CLIENT
                ? fixture().authority().client(KeyKind.EC, template -> template.comment(size - 500))
                : fixture().authority().server(KeyKind.EC, template -> template.comment(size - 500));
    }

    @Test
    default void rule2_45_authoritiesThatNoMessageHasRoomForAreRefusedWhenTheContextIsBuilt() throws Exception {
        TrustStore.Builder trust = TrustStore.builder();
        for (int i = 0; i < 35; i++) {
            trust.certificate(TestAuthority.selfSigned(i + "x".repeat(2_000)).certificate());
        }
        ServerContext.Builder server = fixture().serverBuilder().verifyLocations(trust.build());
        assertFalse(server.build().caCertificates().isEmpty(), "it does not ask for a certificate, so nothing is sent");
        for (VerifyMode mode : new VerifyMode[] {VerifyMode.OPTIONAL, VerifyMode.REQUIRED}) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, server.verifyMode(mode)::build);
            assertTrue(String.valueOf(refusal.getMessage()).contains("65535"), refusal::toString);
        }
    }
}
