package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ContextBuilder;
import io.omnitls.ServerContext;
import io.omnitls.TlsContext;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 2, for the keys that an end's certificates are for. */
public interface KeyContract extends Contract {

    /** Each version alone, and all of them. */
    private List<List<TlsVersion>> ranges() {
        List<TlsVersion> all = fixture().versions();
        List<List<TlsVersion>> ranges = new ArrayList<>();
        all.forEach(version -> ranges.add(List.of(version)));
        ranges.add(all);
        return ranges;
    }

    private ContextBuilder<?> builder(Role role, KeySamples samples, KeySample sample, List<TlsVersion> range)
            throws Exception {
        ContextBuilder<?> builder = role == Role.SERVER
                ? ServerContext.builder().provider(fixture().provider())
                : fixture().clientBuilder();
        return builder.certificateChain(samples.credentials(sample))
                .securityLevel(sample.level())
                .minimumVersion(range.get(0))
                .maximumVersion(range.get(range.size() - 1));
    }

    private List<TlsVersion> usable(KeySample sample, List<TlsVersion> range) {
        return range.stream()
                .filter(version -> sample.usable(fixture().expected(), version))
                .toList();
    }

    @Test
    default void rule2_65_aKeyThatIsGoodForNoAllowedVersionIsRefusedByBuild(@TempDir Path directory) throws Exception {
        KeySamples samples = new KeySamples(directory, fixture().authority());
        for (KeySample sample : KeySample.all()) {
            for (Role role : Role.values()) {
                for (List<TlsVersion> range : ranges()) {
                    String what = sample + " of a " + role + " in " + range;
                    ContextBuilder<?> builder = builder(role, samples, sample, range);
                    List<TlsVersion> usable = usable(sample, range);
                    if (usable.isEmpty()) {
                        requireNamed(sample, assertThrows(Exception.class, builder::build, what), what);
                    } else {
                        TlsContext context = builder.build();
                        List<TlsVersion> inForce = role == Role.SERVER ? usable : range;
                        assertEquals(inForce.get(0), context.minimumVersion(), what);
                        assertEquals(inForce.get(inForce.size() - 1), context.maximumVersion(), what);
                    }
                }
            }
        }
    }

    /** By its exception, and by its message to whoever sees the message alone. */
    private void requireNamed(KeySample sample, Exception refusal, String what) {
        String message = what + ": " + refusal;
        if (refusal instanceof UnsupportedFeatureException unsupported) {
            assertEquals(fixture().provider(), unsupported.provider(), message);
        } else {
            assertEquals(ErrorReason.UNSUPPORTED_KEY_TYPE, ((TlsException) refusal).reason(), message);
        }
        String said = String.valueOf(refusal.getMessage());
        assertTrue(said.contains(sample.says) || said.contains(sample.algorithm + " keys"), message);
    }

    @Test
    default void rule2_66_aServerNegotiatesTheVersionsThatItsKeysAreGoodFor(@TempDir Path directory) throws Exception {
        KeySamples samples = new KeySamples(directory, fixture().authority());
        for (KeySample sample : KeySample.all()) {
            List<TlsVersion> usable = usable(sample, fixture().versions());
            if (usable.isEmpty()) {
                continue;
            }
            ServerContext context = (ServerContext)
                    builder(Role.SERVER, samples, sample, fixture().versions())
                            .ciphers("ALL")
                            .build();
            TlsVersion newest = usable.get(usable.size() - 1);
            assertEquals(newest, shakenWithOpenSsl(context, sample), sample.toString());
            // With a key for it the other version is there again.
            ServerContext both = context.toBuilder()
                    .certificateChain(fixture().server(KeyKind.RSA).credentials())
                    .build();
            assertEquals(TlsVersion.TLS_1_3, both.maximumVersion(), sample.toString());
        }
    }

    private TlsVersion shakenWithOpenSsl(ServerContext context, KeySample sample, String... more) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(more));
        words.addAll(taking(sample));
        try (Loopback loopback = new Loopback(context, TlsSocket::handshake);
                OpenSslPeer client = OpenSslPeer.client(loopback.port(), words.toArray(new String[0]))) {
            loopback.await();
            String output = client.awaitOutput();
            assertTrue(output.contains("CN = " + sample), output);
            return output.contains("New, TLSv1.3") ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        }
    }

    /** What lets OpenSSL take the key of a peer. */
    private static List<String> taking(KeySample sample) {
        List<String> words = new ArrayList<>(List.of("-cipher", "ALL:@SECLEVEL=" + sample.level()));
        // RFC 8422 5.1: in TLS 1.2 the groups are the curves of certificates, too.
        sample.curve()
                .map(NamedGroup::name)
                .filter(curve -> !curve.startsWith("secp256r1"))
                .ifPresent(curve -> words.addAll(List.of("-groups", curve + ":P-256")));
        return words;
    }

    @Test
    default void rule2_67_aCertificateIsKeptBackThatCannotBeProved(@TempDir Path directory) throws Exception {
        KeySamples samples = new KeySamples(directory, fixture().authority());
        for (KeySample sample : KeySample.all()) {
            List<TlsVersion> usable = usable(sample, fixture().versions());
            if (usable.isEmpty() || usable.contains(TlsVersion.TLS_1_3)) {
                continue;
            }
            ClientContext client = (ClientContext)
                    builder(Role.CLIENT, samples, sample, fixture().versions()).build();
            for (VerifyMode mode : List.of(VerifyMode.OPTIONAL, VerifyMode.REQUIRED)) {
                ServerContext server = fixture()
                        .serverBuilder()
                        .verifyLocations(fixture().authority().trust())
                        .verifyMode(mode)
                        .build();
                try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                    BioPair.Outcome outcome = pair.handshake();
                    String what = sample + ", " + mode + ": " + outcome;
                    if (mode == VerifyMode.OPTIONAL) {
                        assertTrue(outcome.completed(), what);
                        assertEquals(List.of(), pair.server().unverifiedChain(), what);
                    } else {
                        assertEquals(
                                ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                                outcome.server().orElseThrow().reason(),
                                what);
                        String told =
                                String.valueOf(outcome.client().orElseThrow().getMessage());
                        assertTrue(told.contains("has shown no certificate") && told.contains(sample.says), what);
                    }
                }
            }
        }
    }

    @Test
    default void rule2_68_everyKeyThatBuildsProvesItsEndToOpenSsl(@TempDir Path directory) throws Exception {
        KeySamples samples = new KeySamples(directory, fixture().authority());
        for (KeySample sample : KeySample.all()) {
            for (TlsVersion version : usable(sample, fixture().versions())) {
                String protocol = version == TlsVersion.TLS_1_2 ? "-tls1_2" : "-tls1_3";
                ServerContext server = (ServerContext) builder(Role.SERVER, samples, sample, List.of(version))
                        .ciphers("ALL")
                        .build();
                assertEquals(version, shakenWithOpenSsl(server, sample, protocol));
                if (sample.curve()
                        .filter(curve -> !fixture().expected().groups().contains(curve))
                        .isPresent()) {
                    continue; // OpenSSL takes a client's key on those curves alone that the client takes itself
                }
                ContextBuilder<?> client = builder(Role.CLIENT, samples, sample, List.of(version));
                if (fixture().expected().has(Feature.GROUP_CHOICE)) {
                    client.groups(Stream.concat(Stream.of(NamedGroup.SECP256R1), sample.curve().stream())
                            .distinct()
                            .toArray(NamedGroup[]::new));
                }
                showToOpenSsl((ClientContext) client.build(), samples, sample, protocol, directory);
            }
        }
    }

    private void showToOpenSsl(
            ClientContext client, KeySamples samples, KeySample sample, String protocol, Path directory)
            throws Exception {
        String own = fixture().server(KeyKind.RSA).write(directory, "server").toString();
        List<String> words = new ArrayList<>(List.of(
                protocol, "-cert", own, "-CAfile", samples.authority().toString(), "-Verify", "2", "-naccept", "1"));
        words.addAll(List.of("-verify_return_error"));
        words.addAll(taking(sample));
        try (OpenSslPeer.Server server = OpenSslPeer.server(words.toArray(new String[0]))) {
            try (TlsSocket socket =
                    Loopback.connect(server.port(), client, ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
                socket.handshake();
                server.peer().awaitLine("CIPHER is ");
            }
            String output = server.peer().awaitOutput();
            assertTrue(output.contains("CN = " + sample), output);
        }
    }

    @Test
    default void rule2_69_whateverIsChosenAFailureNamesTheKey(@TempDir Path directory) throws Exception {
        KeySamples samples = new KeySamples(directory, fixture().authority());
        List<List<SignatureScheme>> choices = new ArrayList<>(List.of(List.of()));
        fixture().expected().signatureSchemes().forEach(scheme -> choices.add(List.of(scheme)));
        for (KeySample sample : KeySample.all()) {
            if (usable(sample, fixture().versions()).isEmpty() || sample == KeySample.RSA_4096) {
                continue; // nothing is chosen by the size, and it takes its time
            }
            for (Role role : Role.values()) {
                for (List<SignatureScheme> schemes : choices) {
                    requireExplained(role, samples, sample, schemes);
                }
            }
        }
    }

    private void requireExplained(Role role, KeySamples samples, KeySample sample, List<SignatureScheme> schemes)
            throws Exception {
        ContextBuilder<?> builder = builder(role, samples, sample, fixture().versions());
        if (!schemes.isEmpty()) {
            builder.signatureSchemes(schemes.toArray(SignatureScheme[]::new));
        }
        TlsContext own;
        try {
            own = builder.build();
        } catch (IllegalArgumentException contradiction) {
            assertTrue(String.valueOf(contradiction.getMessage()).contains("signature schemes " + schemes));
            return;
        }
        for (TlsVersion version : fixture().versions()) {
            if (!version.atLeast(own.minimumVersion()) || !own.maximumVersion().atLeast(version)) {
                continue;
            }
            String what = sample + " of a " + role + " in " + version + ", " + schemes;
            ClientContext client = role == Role.CLIENT
                    ? (ClientContext) own
                    : fixture()
                            .clientBuilder()
                            .securityLevel(sample.level())
                            .maximumVersion(version)
                            .build();
            ServerContext server = role == Role.SERVER
                    ? (ServerContext) own
                    : peerOf(sample, samples, schemes)
                            .securityLevel(sample.level())
                            .verifyLocations(fixture().authority().trust())
                            .verifyMode(VerifyMode.REQUIRED)
                            .maximumVersion(version)
                            .build();
            try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                if (!outcome.completed()) {
                    TlsException ours = (role == Role.CLIENT ? outcome.client() : outcome.server()).orElseThrow();
                    TlsException theirs = (role == Role.CLIENT ? outcome.server() : outcome.client()).orElseThrow();
                    assertFalse(isInternal(ours) || isInternal(theirs), () -> what + ": " + outcome);
                    boolean named = String.valueOf(ours.getMessage()).contains(sample.says);
                    // Or it is the peer's key, of the same sort, that cannot be read: 5.43.
                    assertTrue(
                            named || ours.reason() == ErrorReason.CERTIFICATE_VERIFY_FAILED,
                            () -> what + ": " + outcome);
                }
            }
        }
    }

    /** A client that takes one scheme meets a server that signs by it. */
    private ServerContext.Builder peerOf(KeySample sample, KeySamples samples, List<SignatureScheme> schemes)
            throws Exception {
        return schemes.isEmpty()
                ? fixture().serverBuilder(fixture().server(KeyKind.RSA))
                : ServerContext.builder().provider(fixture().provider()).certificateChain(samples.credentials(sample));
    }

    private static boolean isInternal(TlsException failure) {
        return failure.reason() == ErrorReason.INTERNAL_ERROR
                || failure.reason() == ErrorReason.TLSV1_ALERT_INTERNAL_ERROR;
    }
}
