package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.CertificateVerifier;
import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.TlsBioConnection;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.spi.UnreadableCertificate;
import io.omnitls.spi.VerifyFailure;
import io.omnitls.testkit.odd.OddAuthority;
import io.omnitls.testkit.odd.OddChain;
import io.omnitls.testkit.odd.OddChains;
import io.omnitls.testkit.odd.OpenSslVerdict;
import io.omnitls.testkit.odd.RawPeer;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SPEC.md part 5, one object, one verdict: the same chain is judged without a connection, by the trust manager and in
 * handshakes, and {@code openssl verify} says what is right. Each test names every chain that is judged otherwise.
 */
public interface OddChainContract extends Contract {
    OddAuthority AUTHORITY = new OddAuthority();
    List<OddChain> CHAINS = OddChains.of(AUTHORITY);

    @Test
    default void rule5_42_aChainIsJudgedAsOpenSslJudgesItWithoutAConnection(@TempDir Path directory) throws Exception {
        CertificateVerifier verifier = CertificateVerifier.builder()
                .provider(fixture().provider())
                .verifyLocations(AUTHORITY.trust())
                .purpose(Purpose.SERVER)
                .build();
        X509ExtendedTrustManager manager = fixture()
                .clientBuilder()
                .verifyLocations(AUTHORITY.trust())
                .checkHostname(false)
                .build()
                .trustManager();
        List<String> differences = new ArrayList<>();
        for (OddChain chain : CHAINS) {
            Optional<VerifyCode> expected = OpenSslVerdict.of(chain, AUTHORITY, "sslserver", directory);
            List<X509Certificate> read = chain.read();
            VerifyCode found =
                    verifier.verify(read, PeerName.of(OddAuthority.SERVER_NAME)).code();
            VerifyCode managers = verdict(manager, read);
            // OpenSSL loads no file with such bytes; a peer may send them, behind a chain that is good without them.
            boolean unloaded =
                    expected.isEmpty() && read.stream().anyMatch(each -> each instanceof UnreadableCertificate);
            if (!unloaded && !isExpected(found, expected) || found != managers) {
                differences.add(
                        chain + ": OpenSSL " + expected + ", verifier " + found + ", trust manager " + managers);
            }
        }
        assertEquals(List.of(), differences);
    }

    private static boolean isExpected(VerifyCode found, Optional<VerifyCode> expected) {
        return expected.isPresent() ? found == expected.get() : found != VerifyCode.OK;
    }

    private static VerifyCode verdict(X509ExtendedTrustManager manager, List<X509Certificate> chain) {
        try {
            manager.checkServerTrusted(chain.toArray(new X509Certificate[0]), "ECDHE_ECDSA");
            return VerifyCode.OK;
        } catch (VerifyFailure failure) {
            return failure.code();
        } catch (CertificateException e) {
            throw new AssertionError("not a declared failure", e);
        }
    }

    @Test
    default void rule5_43_aServersChainGetsTheSameVerdictInAHandshake(@TempDir Path directory) throws Exception {
        List<String> differences = new ArrayList<>();
        for (OddChain chain : CHAINS) {
            Optional<VerifyCode> expected = OpenSslVerdict.of(chain, AUTHORITY, "sslserver", directory);
            for (TlsVersion version : fixture().versions()) {
                difference(chain, version, expected, clientMeets(chain, version))
                        .ifPresent(differences::add);
            }
        }
        assertEquals(List.of(), differences);
    }

    @Test
    default void rule5_44_aClientsChainGetsTheSameVerdictInAHandshake(@TempDir Path directory) throws Exception {
        List<String> differences = new ArrayList<>();
        for (OddChain chain : CHAINS) {
            Optional<VerifyCode> expected = OpenSslVerdict.of(chain, AUTHORITY, "sslclient", directory);
            for (TlsVersion version : fixture().versions()) {
                difference(chain, version, expected, serverMeets(chain, version))
                        .ifPresent(differences::add);
            }
        }
        assertEquals(List.of(), differences);
    }

    private RawPeer.Outcome clientMeets(OddChain chain, TlsVersion version) throws Exception {
        MemoryBio in = new MemoryBio();
        MemoryBio out = new MemoryBio();
        ClientContext context =
                fixture().clientBuilder().verifyLocations(AUTHORITY.trust()).build();
        try (TlsBioConnection client =
                context.wrapBio(in, out, ConnectionOptions.serverName(OddAuthority.SERVER_NAME))) {
            return RawPeer.server(chain, version).handshake(client, in, out);
        }
    }

    private RawPeer.Outcome serverMeets(OddChain chain, TlsVersion version) throws Exception {
        MemoryBio in = new MemoryBio();
        MemoryBio out = new MemoryBio();
        ServerContext context = fixture()
                .serverBuilder()
                .verifyLocations(AUTHORITY.trust())
                .verifyMode(VerifyMode.REQUIRED)
                .build();
        try (TlsBioConnection server = context.wrapBio(in, out)) {
            return RawPeer.client(chain, version).handshake(server, in, out);
        }
    }

    private Optional<String> difference(
            OddChain chain, TlsVersion version, Optional<VerifyCode> expected, RawPeer.Outcome outcome) {
        boolean right;
        if (outcome.ours().isEmpty()) {
            right = outcome.completed() && expected.equals(Optional.of(VerifyCode.OK));
        } else if (expected.equals(Optional.of(VerifyCode.OK))) {
            boolean canBeProved =
                    chain.proof() && fixture().expected().keyAlgorithms().contains(chain.keyAlgorithm());
            right = isDeclared(outcome) && (!canBeProved || chain.malformed() && isUnread(outcome));
        } else {
            right = isDeclared(outcome) && isRefusedAsExpected(chain, version, expected, outcome);
        }
        return right
                ? Optional.empty()
                : Optional.of(chain + " in " + version + ": OpenSSL " + expected + ", found " + outcome);
    }

    /** Never "internal error", to the user or to the peer, and never silence. */
    private static boolean isDeclared(RawPeer.Outcome outcome) {
        TlsException failure = outcome.ours().orElseThrow();
        return failure.reason() != ErrorReason.INTERNAL_ERROR
                && !failure.alert().equals(Optional.of(TlsAlert.sent(AlertDescription.INTERNAL_ERROR)))
                && outcome.heard().isPresent();
    }

    private static boolean isRefusedAsExpected(
            OddChain chain, TlsVersion version, Optional<VerifyCode> expected, RawPeer.Outcome outcome) {
        if (expected.isEmpty()) {
            return true; // OpenSSL has no code for what it cannot read
        }
        if (version == TlsVersion.TLS_1_3 && chain.malformed() && isUnread(outcome)) {
            return true; // the certificates are encrypted, and the backend does not show what it cannot read
        }
        return outcome.ours().orElseThrow() instanceof TlsCertificateVerificationException refusal
                && refusal.verifyCode() == expected.get()
                && (version != TlsVersion.TLS_1_2
                        || outcome.heard()
                                .equals(Optional.of(expected.get().alert().rfcName())));
    }

    private static boolean isUnread(RawPeer.Outcome outcome) {
        return outcome.ours().orElseThrow() instanceof TlsCertificateVerificationException refusal
                && refusal.verifyCode() == VerifyCode.CERT_REJECTED;
    }

    @Test
    default void rule5_45_anRsaKeySignsWhateverItsKeyUsageSays() throws Exception {
        OddChain chain = OddChains.keyEncipherment(AUTHORITY);
        for (TlsVersion version : fixture().versions()) {
            RawPeer.Outcome outcome = clientMeets(chain, version);
            if (fixture().expected().has(Feature.KEY_ENCIPHERMENT_SIGNATURES)) {
                assertTrue(outcome.completed(), outcome::toString);
            } else {
                assertEquals(
                        Optional.of(ErrorReason.WRONG_SIGNATURE_TYPE),
                        outcome.ours().map(TlsException::reason));
                assertEquals(Optional.of("illegal_parameter"), outcome.heard());
            }
            RawPeer.Outcome other = clientMeets(OddChains.keyAgreement(AUTHORITY), version);
            assertTrue(other.completed() || isDeclared(other), other::toString);
        }
    }
}
