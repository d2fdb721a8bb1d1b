package io.omnitls.testkit;

import io.omnitls.ClientContext;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.TlsBioConnection;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.CertificateTemplate;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Everything that can go wrong with a connection, in both roles and versions, and the one name that it has. */
final class FaultTable {
    private final ProviderFixture fixture;
    private final List<Fault> faults = new ArrayList<>();

    private FaultTable(ProviderFixture fixture) {
        this.fixture = fixture;
    }

    static List<Fault> of(ProviderFixture fixture) {
        FaultTable table = new FaultTable(fixture);
        table.certificates();
        table.parameters();
        table.bytes();
        table.alerts();
        return table.faults;
    }

    private void certificates() {
        Instant now = Instant.now();
        UnaryOperator<CertificateTemplate> past =
                template -> template.valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)));
        UnaryOperator<CertificateTemplate> future =
                template -> template.valid(now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
        TestAuthority ours = fixture.authority();
        // A client does not show what the authorities named by the server did not issue, so the names are the same.
        TestAuthority impostor = TestAuthority.create("Test Root");
        String name = TestAuthority.SERVER_NAME;

        server(VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY, stranger().server(KeyKind.EC), name, 2);
        server(VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT, TestAuthority.selfSigned("self"), name, 2);
        server(VerifyCode.CERT_HAS_EXPIRED, ours.server(KeyKind.EC, past), name, 2);
        server(VerifyCode.CERT_NOT_YET_VALID, ours.server(KeyKind.EC, future), name, 2);
        server(VerifyCode.HOSTNAME_MISMATCH, fixture.server(KeyKind.EC), "other.example", 2);
        server(VerifyCode.EE_KEY_TOO_SMALL, fixture.server(KeyKind.RSA), name, 3);

        TestIdentity revoked = ours.server(KeyKind.EC);
        server(
                VerifyCode.CERT_REVOKED,
                revoked,
                name,
                fixture.clientBuilder()
                        .verifyLocations(ours.trustRevoking(revoked))
                        .verifyFlags(VerifyFlag.CRL_CHECK_LEAF));
        server(
                VerifyCode.UNABLE_TO_GET_CRL,
                revoked,
                name,
                fixture.clientBuilder().verifyFlags(VerifyFlag.CRL_CHECK_LEAF));

        TestIdentity revokedClient = ours.client(KeyKind.EC);
        client(
                VerifyCode.CERT_REVOKED,
                revokedClient,
                asking().verifyLocations(ours.trustRevoking(revokedClient)).verifyFlags(VerifyFlag.CRL_CHECK_LEAF));
        client(VerifyCode.CERT_SIGNATURE_FAILURE, impostor.client(KeyKind.EC), 2);
        client(VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT, TestAuthority.selfSigned("Test Root"), 2);
        client(VerifyCode.CERT_HAS_EXPIRED, ours.client(KeyKind.EC, past), 2);
        client(VerifyCode.CERT_NOT_YET_VALID, ours.client(KeyKind.EC, future), 2);
        client(VerifyCode.EE_KEY_TOO_SMALL, ours.client(KeyKind.RSA), 3);
    }

    private static TestAuthority stranger() {
        return TestAuthority.create("Stranger");
    }

    /** A server with a bad certificate; the client notices. */
    private void server(VerifyCode code, TestIdentity identity, String name, int securityLevel) {
        server(code, identity, name, fixture.clientBuilder().securityLevel(securityLevel));
    }

    private void server(VerifyCode code, TestIdentity identity, String name, ClientContext.Builder client) {
        for (TlsVersion version : fixture.versions()) {
            faults.add(Fault.ofVerification(
                    Role.CLIENT,
                    version,
                    code,
                    Set.of(code.alert()),
                    handshake(Role.CLIENT, name, client, fixture.serverBuilder(identity))));
        }
    }

    /** A client with a bad certificate; the server notices. */
    private void client(VerifyCode code, TestIdentity identity, int securityLevel) {
        client(code, identity, asking().securityLevel(securityLevel));
    }

    private void client(VerifyCode code, TestIdentity identity, ServerContext.Builder server) {
        for (TlsVersion version : fixture.versions()) {
            boolean exact = version == TlsVersion.TLS_1_2 || fixture.expected().has(Feature.EXACT_VERIFY_ALERT);
            faults.add(Fault.ofVerification(
                    Role.SERVER,
                    version,
                    code,
                    // Where the limit is declared, what is heard is the alert for a certificate that is no good.
                    exact ? Set.of(code.alert()) : Set.of(code.alert(), AlertDescription.CERTIFICATE_UNKNOWN),
                    handshake(
                            Role.SERVER,
                            TestAuthority.SERVER_NAME,
                            fixture.clientBuilder().certificateChain(identity.credentials()),
                            server)));
        }
    }

    private ServerContext.Builder asking() {
        return fixture.serverBuilder()
                .verifyLocations(fixture.authority().trust())
                .verifyMode(VerifyMode.REQUIRED);
    }

    private void parameters() {
        String name = TestAuthority.SERVER_NAME;
        faults.add(Fault.of(
                "no shared cipher",
                Role.SERVER,
                List.of(TlsVersion.TLS_1_2),
                ErrorReason.NO_SHARED_CIPHER,
                Set.of(AlertDescription.HANDSHAKE_FAILURE),
                handshake(
                        Role.SERVER,
                        name,
                        fixture.clientBuilder().ciphers("ECDHE-RSA-AES128-GCM-SHA256"),
                        fixture.serverBuilder().ciphers("ECDHE-ECDSA-AES256-GCM-SHA384"))));
        faults.add(Fault.of(
                "the client is too old",
                Role.SERVER,
                List.of(TlsVersion.TLS_1_2),
                ErrorReason.UNSUPPORTED_PROTOCOL,
                Set.of(AlertDescription.PROTOCOL_VERSION),
                handshake(
                        Role.SERVER,
                        name,
                        fixture.clientBuilder(),
                        fixture.serverBuilder().minimumVersion(TlsVersion.TLS_1_3))));
        faults.add(Fault.of(
                "the client is too new",
                Role.SERVER,
                List.of(TlsVersion.TLS_1_3),
                ErrorReason.UNSUPPORTED_PROTOCOL,
                Set.of(AlertDescription.PROTOCOL_VERSION),
                handshake(
                        Role.SERVER,
                        name,
                        fixture.clientBuilder().minimumVersion(TlsVersion.TLS_1_3),
                        fixture.serverBuilder().maximumVersion(TlsVersion.TLS_1_2))));
        faults.add(Fault.of(
                "no client certificate",
                Role.SERVER,
                fixture.versions(),
                ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                // RFC 5246 section 7.4.6 wants the first, RFC 8446 section 4.4.2.4 the second; SunJSSE sends the third
                Set.of(
                        AlertDescription.HANDSHAKE_FAILURE,
                        AlertDescription.CERTIFICATE_REQUIRED,
                        AlertDescription.BAD_CERTIFICATE),
                handshake(Role.SERVER, name, fixture.clientBuilder(), asking())));
    }

    private void bytes() {
        faults.add(Fault.of(
                "HTTP request",
                Role.SERVER,
                fixture.versions(),
                ErrorReason.HTTP_REQUEST,
                Set.of(),
                first(Role.SERVER, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));
        faults.add(Fault.of(
                "HTTP response",
                Role.CLIENT,
                fixture.versions(),
                ErrorReason.WRONG_VERSION_NUMBER,
                Set.of(),
                first(Role.CLIENT, "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));
        for (Role role : Role.values()) {
            faults.add(Fault.of(
                    "garbage",
                    role,
                    fixture.versions(),
                    ErrorReason.WRONG_VERSION_NUMBER,
                    Set.of(),
                    first(role, new byte[] {99, 98, 97, 96, 95, 94, 93})));
            faults.add(Fault.of(
                            "truncation",
                            role,
                            fixture.versions(),
                            ErrorReason.UNEXPECTED_EOF_WHILE_READING,
                            Set.of(),
                            first(role, new byte[] {22, 3, 3, 0}))
                    .as(TlsEofException.class));
            faults.add(Fault.of(
                    "decrypt error",
                    role,
                    fixture.versions(),
                    ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    Set.of(AlertDescription.BAD_RECORD_MAC),
                    version -> changedRecord(role, version)));
        }
    }

    /** The peer's alerts, in the clear, to a server whose flight is out; rule 6.8 has them for a client. */
    private void alerts() {
        for (AlertDescription alert : AlertDescription.values()) {
            if (alert != AlertDescription.CLOSE_NOTIFY) {
                faults.add(Fault.of(
                        "alert " + alert.rfcName(),
                        Role.SERVER,
                        fixture.versions(),
                        ErrorReason.ofReceivedAlert(alert.code()),
                        Set.of(),
                        version -> {
                            try (BioPair pair = pair(version)) {
                                failure(pair.client());
                                pair.carryAll();
                                failure(pair.server());
                                pair.toServer().write(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert.code()});
                                return new Fault.Seen(failure(pair.server()), Optional.empty());
                            }
                        }));
            }
        }
    }

    private Fault.Scene handshake(
            Role noticedBy, String serverName, ClientContext.Builder client, ServerContext.Builder server) {
        return version -> {
            try (BioPair pair = new BioPair(
                    client.maximumVersion(version).build(), server.build(), serverName, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                return noticedBy == Role.CLIENT
                        ? new Fault.Seen(outcome.client(), outcome.server())
                        : new Fault.Seen(outcome.server(), outcome.client());
            }
        };
    }

    private BioPair pair(TlsVersion version) throws TlsException {
        return new BioPair(
                fixture.clientBuilder().maximumVersion(version).build(),
                fixture.serverBuilder().build(),
                TestAuthority.SERVER_NAME,
                Segmentation.none());
    }

    /** The first that {@code role} receives is {@code bytes} and then nothing more. */
    private Fault.Scene first(Role role, byte[] bytes) {
        return version -> {
            try (BioPair pair = pair(version)) {
                failure(pair.client());
                pair.fromClient().read();
                MemoryBio to = role == Role.CLIENT ? pair.toClient() : pair.toServer();
                to.write(bytes);
                to.writeEof();
                Optional<TlsException> failure = failure(role == Role.CLIENT ? pair.client() : pair.server());
                pair.carryAll();
                return new Fault.Seen(failure, role == Role.CLIENT ? Optional.empty() : failure(pair.client()));
            }
        };
    }

    private Fault.Seen changedRecord(Role role, TlsVersion version) throws IOException {
        try (BioPair pair = pair(version)) {
            pair.handshake();
            TlsBioConnection reader = role == Role.CLIENT ? pair.client() : pair.server();
            TlsBioConnection writer = role == Role.CLIENT ? pair.server() : pair.client();
            MemoryBio wire = role == Role.CLIENT ? pair.fromServer() : pair.fromClient();
            pair.carryAll();
            writer.write(new byte[100]);
            byte[] record = wire.read();
            record[record.length - 20] ^= 1;
            (role == Role.CLIENT ? pair.toClient() : pair.toServer()).write(record);
            Optional<TlsException> failure = failure(reader);
            pair.carryAll();
            return new Fault.Seen(failure, failure(writer));
        }
    }

    /** What the end's next step fails with. */
    private static Optional<TlsException> failure(TlsBioConnection end) throws IOException {
        try {
            end.read(1);
            return Optional.empty();
        } catch (TlsWantReadException notYet) {
            return Optional.empty();
        } catch (TlsException e) {
            return Optional.of(e);
        }
    }
}
