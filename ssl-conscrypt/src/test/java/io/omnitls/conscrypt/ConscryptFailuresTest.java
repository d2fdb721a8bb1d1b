package io.omnitls.conscrypt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.AlertChoice;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.VerifyFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults are made with the real backend, so that an update that words them anew is noticed. */
class ConscryptFailuresTest {
    private static final FixedKey EC_KEY = FixedKey.of(Algorithm.ecp256);
    private static final FixedVerdict TRUST = new FixedVerdict(VerifyCode.OK);

    private static EngineFailure explain(Peer failed) {
        return failed.engine().explain(failed.failure());
    }

    private static Peer client(TlsVersion version, NamedGroup... groups) throws Exception {
        return new Peer(Context.client(version, TRUST, groups).engine(Context.to("server.example")));
    }

    private static Peer server(TlsVersion version) throws Exception {
        return new Peer(Context.server(version).engine(Context.accepting(version, Optional.empty())));
    }

    private static void assertFailures(Peer one, ErrorReason reason, Peer other, AlertDescription heard) {
        try (one;
                other) {
            Peer.connect(one, other);
            assertEquals(reason, explain(one).reason(), explain(one).detail());
            assertEquals(
                    ErrorReason.ofReceivedAlert(heard.code()),
                    explain(other).reason(),
                    explain(other).detail());
            assertEquals(
                    Optional.of(TlsAlert.received(heard.code())), explain(other).alert());
        }
    }

    @Test
    void everyAlertThatAPeerCanSendIsItsCode() throws Exception {
        for (int code = 0; code < 256; code++) {
            try (Peer client = client(TlsVersion.TLS_1_3)) {
                client.progress();
                client.feed(new byte[] {21, 3, 3, 0, 2, 2, (byte) code});
                client.progress();
                assertEquals(
                        Optional.of(TlsAlert.received(code)), explain(client).alert());
                assertEquals(ErrorReason.ofReceivedAlert(code), explain(client).reason());
            }
        }
    }

    @Test
    void noSharedVersionIsUnsupportedProtocol() throws Exception {
        assertFailures(
                server(TlsVersion.TLS_1_3),
                ErrorReason.UNSUPPORTED_PROTOCOL,
                client(TlsVersion.TLS_1_2),
                AlertDescription.PROTOCOL_VERSION);
        assertFailures(
                server(TlsVersion.TLS_1_2),
                ErrorReason.UNSUPPORTED_PROTOCOL,
                client(TlsVersion.TLS_1_3),
                AlertDescription.PROTOCOL_VERSION);
    }

    @Test
    void noSharedGroupIsNoSuitableKeyShare() throws Exception {
        assertFailures(
                new Peer(Context.serverOf(TlsVersion.TLS_1_3, NamedGroup.SECP384R1)
                        .engine(Context.accepting(TlsVersion.TLS_1_3, Optional.empty()))),
                ErrorReason.NO_SUITABLE_KEY_SHARE,
                client(TlsVersion.TLS_1_3, NamedGroup.X25519),
                AlertDescription.HANDSHAKE_FAILURE);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aServerWithoutAKeyForTheClientHasNoSharedCipher(TlsVersion version) throws Exception {
        assertFailures(
                new Peer(Context.server(version, VerifyMode.NONE, FixedKey.none(), TRUST)
                        .engine(Context.accepting(version, Optional.empty()))),
                ErrorReason.NO_SHARED_CIPHER,
                client(version),
                version == TlsVersion.TLS_1_2 ? AlertDescription.HANDSHAKE_FAILURE : AlertDescription.INTERNAL_ERROR);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aClientWithoutTheCertificateThatIsRequiredIsToldSo(TlsVersion version) throws Exception {
        assertFailures(
                new Peer(Context.server(version, VerifyMode.REQUIRED, EC_KEY, TRUST)
                        .engine(Context.accepting(version, Optional.empty()))),
                ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                client(version),
                version == TlsVersion.TLS_1_2
                        ? AlertDescription.HANDSHAKE_FAILURE
                        : AlertDescription.CERTIFICATE_REQUIRED);
    }

    static Stream<Arguments> judges() {
        return Stream.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)
                .flatMap(version -> Stream.of(Role.values()).map(judge -> Arguments.of(version, judge)));
    }

    @ParameterizedTest
    @MethodSource("judges")
    void theVerdictOfTheTrustManagerComesOutAsItWentIn(TlsVersion version, Role judge) throws Exception {
        FixedVerdict expired = new FixedVerdict(VerifyCode.CERT_HAS_EXPIRED);
        boolean clientJudges = judge == Role.CLIENT;
        try (Peer client = new Peer(Context.client(version, clientJudges ? expired : TRUST, EC_KEY)
                        .engine(Context.to("server.example")));
                Peer server =
                        new Peer(Context.server(version, VerifyMode.REQUIRED, EC_KEY, clientJudges ? TRUST : expired)
                                .engine(Context.accepting(version, Optional.empty())))) {
            Peer.connect(client, server);

            Peer failed = clientJudges ? client : server;
            Peer told = clientJudges ? server : client;
            assertEquals(VerifyCode.CERT_HAS_EXPIRED, verdict(failed.failure()).code());
            assertEquals(AlertChoice.CORE, failed.engine().alertChoice());
            // Not the alert of the code, as Feature.EXACT_VERIFY_ALERT would have it: the core has to help.
            assertEquals(
                    Optional.of(TlsAlert.sent(AlertDescription.CERTIFICATE_UNKNOWN)),
                    explain(failed).alert());
            assertEquals(
                    ErrorReason.SSLV3_ALERT_CERTIFICATE_UNKNOWN, explain(told).reason());
        }
    }

    private static VerifyFailure verdict(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .filter(VerifyFailure.class::isInstance)
                .map(VerifyFailure.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the verdict is lost", failure));
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aChangedRecordIsABadRecordMac(TlsVersion version) throws Exception {
        try (Peer client = client(version);
                Peer server = server(version)) {
            Peer.connect(client, server);
            client.send(new byte[100]);
            byte[] record = client.take();
            record[record.length - 1] ^= 1;
            server.feed(record);
            Peer.connect(client, server);

            assertEquals(
                    ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    explain(server).reason());
            assertEquals(ErrorReason.SSLV3_ALERT_BAD_RECORD_MAC, explain(client).reason());
        }
    }

    @Test
    void whatIsNotKnownIsAnInternalErrorInTheBackendsWords() {
        EngineFailure failure = ConscryptFailures.explain(new IllegalStateException("something new"));
        assertEquals(EngineFailure.of(ErrorReason.INTERNAL_ERROR, "something new"), failure);
    }

    /** Any change to either flight: SSLException or nothing, which is all that {@link Peer} catches. */
    @Property(tries = 300)
    void aChangedFlightIsAnExplainedFailureOrAConnection(
            @ForAll boolean tls13,
            @ForAll boolean changeServer,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 0xffffff) Integer> changes)
            throws Exception {
        TlsVersion version = tls13 ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        try (Peer client = client(version);
                Peer server = server(version)) {
            client.progress();
            byte[] hello = client.take();
            server.feed(changeServer ? hello : changed(hello, changes));
            server.progress();
            byte[] flight = server.take();
            client.feed(changeServer ? changed(flight, changes) : flight);
            Peer.connect(client, server);

            for (Peer peer : List.of(client, server)) {
                peer.maybeFailure()
                        .ifPresent(failure -> assertTrue(
                                !peer.engine().explain(failure).detail().isEmpty(), failure::toString));
            }
        }
    }

    /** Each change names a place and what is flipped there. */
    private static byte[] changed(byte[] original, List<Integer> changes) {
        byte[] bytes = original.clone();
        for (int change : changes) {
            if (bytes.length > 0) {
                bytes[(change >> 8) % bytes.length] ^= (byte) change;
            }
        }
        return bytes;
    }
}
