package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 2, too: what the settings of a context decide about its handshakes. */
public interface SettingsContract extends Contract {

    private BioPair pair(ClientContext client, ServerContext server) throws Exception {
        return new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none());
    }

    private static void complete(BioPair pair, String what) throws Exception {
        BioPair.Outcome outcome = pair.handshake();
        assertTrue(outcome.completed(), () -> what + ": " + outcome);
    }

    @Test
    default void rule2_22_everyDeclaredSignatureSchemeIsUsedWhenItIsChosen() throws Exception {
        for (SignatureScheme scheme : fixture().expected().signatureSchemes()) {
            TestIdentity identity = identity(scheme.name());
            for (TlsVersion version : fixture().versions()) {
                if (!scheme.usableIn(version)) {
                    continue;
                }
                ServerContext server = fixture()
                        .serverBuilder(identity)
                        .minimumVersion(version)
                        .maximumVersion(version)
                        .signatureSchemes(scheme)
                        .build();
                ClientContext client = fixture()
                        .clientBuilder()
                        .minimumVersion(version)
                        .maximumVersion(version)
                        .signatureSchemes(scheme)
                        .build();
                assertEquals(List.of(scheme), offered(client));
                try (BioPair pair = pair(client, server)) {
                    complete(pair, scheme + " in " + version);
                    Optional<SignatureScheme> seen = pair.client().info().signatureScheme();
                    if (version == TlsVersion.TLS_1_2) {
                        assertEquals(Optional.of(scheme), seen);
                        assertEquals(seen, pair.server().info().signatureScheme());
                    } else {
                        assertEquals(scheme, seen.orElse(scheme), "a fact is a fact");
                    }
                }
            }
        }
    }

    @Test
    default void rule2_23_aClientOffersItsSignatureSchemesInOrder() throws Exception {
        List<SignatureScheme> declared = fixture().expected().signatureSchemes();
        List<SignatureScheme> own =
                new ArrayList<>(offered(fixture().clientBuilder().build()));
        own.retainAll(declared);
        assertEquals(declared, own, "the backend's own order");
        if (fixture().expected().has(Feature.SIGNATURE_SCHEME_ORDER)) {
            List<SignatureScheme> reversed = new ArrayList<>(declared);
            Collections.reverse(reversed);
            ClientContext client = fixture()
                    .clientBuilder()
                    .signatureSchemes(reversed.toArray(SignatureScheme[]::new))
                    .build();
            assertEquals(reversed, offered(client));
        }
    }

    @Test
    default void rule2_24_aServerThatCannotSignAsTheClientWantsRefusesIt() throws Exception {
        if (fixture().expected().signatureSchemes().isEmpty()) {
            return;
        }
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = fixture()
                    .clientBuilder()
                    .minimumVersion(version)
                    .maximumVersion(version)
                    .signatureSchemes(SignatureScheme.RSA_PSS_RSAE_SHA256)
                    .build();
            try (BioPair pair = pair(client, fixture().serverBuilder().build())) {
                BioPair.Outcome outcome = pair.handshake();
                assertFalse(outcome.completed(), "an EC key cannot sign for RSA");
                assertEquals(
                        version == TlsVersion.TLS_1_2
                                ? ErrorReason.NO_SHARED_CIPHER
                                : ErrorReason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                        outcome.server().orElseThrow().reason(),
                        () -> version + ": " + outcome);
                assertEquals(
                        ErrorReason.SSLV3_ALERT_HANDSHAKE_FAILURE,
                        outcome.client().orElseThrow().reason());
            }
        }
    }

    @Test
    default void rule2_25_everySuiteOfTls13IsNegotiatedAloneAndTheServersOrderDecides() throws Exception {
        List<String> suites = suitesOfTls13(fixture().clientBuilder().build());
        assertFalse(suites.isEmpty());
        String all = String.join(":", suites);
        assertEquals(
                suites,
                suitesOfTls13(fixture().clientBuilder().ciphersuites(all).build()));
        if (!fixture().expected().has(Feature.TLS13_CIPHER_CHOICE)) {
            return; // rule 1.4 speaks of these
        }
        for (String suite : suites) {
            ClientContext client = fixture().clientBuilder().ciphersuites(suite).build();
            try (BioPair pair = pair(client, fixture().serverBuilder().build())) {
                complete(pair, suite);
                assertEquals(suite, pair.server().info().cipher().ianaName());
            }
            ServerContext server =
                    fixture().serverBuilder().ciphersuites(suite + ":" + all).build();
            try (BioPair pair = pair(fixture().clientBuilder().build(), server)) {
                complete(pair, suite + " first");
                assertEquals(suite, pair.client().info().cipher().ianaName());
            }
        }
    }

    @Test
    default void rule2_26_endsWithoutACommonSuiteOfTls13DoNotComeTogether() throws Exception {
        List<String> suites = suitesOfTls13(fixture().clientBuilder().build());
        if (!fixture().expected().has(Feature.TLS13_CIPHER_CHOICE)) {
            return;
        }
        ClientContext client = fixture()
                .clientBuilder()
                .minimumVersion(TlsVersion.TLS_1_3)
                .ciphersuites(suites.get(0))
                .build();
        ServerContext server =
                fixture().serverBuilder().ciphersuites(suites.get(1)).build();
        try (BioPair pair = pair(client, server)) {
            BioPair.Outcome outcome = pair.handshake();
            assertFalse(outcome.completed());
            assertEquals(
                    ErrorReason.NO_SHARED_CIPHER, outcome.server().orElseThrow().reason(), outcome::toString);
            assertEquals(
                    ErrorReason.SSLV3_ALERT_HANDSHAKE_FAILURE,
                    outcome.client().orElseThrow().reason());
        }
    }

    @Test
    default void rule2_27_aServersDiffieHellmanParametersAreTheOnesItSends() throws Exception {
        if (!fixture().expected().has(Feature.DH_PARAMETERS)) {
            return; // rule 1.4 speaks of these
        }
        DhParameters own = dhParameters(2112); // nobody's own choice
        ServerContext server = withParameters(own);
        requireSent(own, server);
        DhParameters odd = dhParameters(2111);
        try {
            requireSent(odd, withParameters(odd));
        } catch (UnsupportedFeatureException refused) {
            assertTrue(refused.feature().contains(odd.toString()), refused::toString);
        }
        for (NamedGroup group : List.of(NamedGroup.FFDHE2048, NamedGroup.SECP256R1)) {
            if (!fixture().expected().groups().contains(group)) {
                continue;
            }
            try (BioPair pair = pair(fixture().clientBuilder().groups(group).build(), server)) {
                complete(pair, "TLS 1.3 with " + group);
                assertEquals(Optional.of(group), pair.server().info().namedGroup());
            }
        }
    }

    @Test
    default void rule2_41_theParametersMayBeThoseOfANamedGroup(@TempDir Path directory) throws Exception {
        if (!fixture().expected().has(Feature.DH_PARAMETERS)) {
            return; // rule 1.4 speaks of these
        }
        for (String name : NAMED_PARAMETERS) {
            Path file = directory.resolve(name.replace(':', '_') + ".pem");
            OpenSslPeer.run("genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", name, "-out", file.toString());
            for (List<NamedGroup> own : List.of(List.<NamedGroup>of(), FINITE_FIELDS, List.of(NamedGroup.SECP256R1))) {
                ServerContext.Builder server = fixture()
                        .serverBuilder(fixture().server(KeyKind.RSA))
                        .dhParameters(file)
                        .maximumVersion(TlsVersion.TLS_1_2);
                if (!own.isEmpty()) {
                    server.groups(own.toArray(NamedGroup[]::new));
                }
                ServerContext context = server.build();
                for (NamedGroup offered : FINITE_FIELDS) {
                    ClientContext client = fixture()
                            .clientBuilder()
                            .maximumVersion(TlsVersion.TLS_1_2)
                            .ciphers(DHE)
                            .groups(NamedGroup.SECP256R1, offered)
                            .build();
                    try (BioPair pair = pair(client, context)) {
                        complete(pair, name + ", the client offers " + offered);
                        assertEquals(DHE, pair.client().info().cipher().name());
                    }
                }
                try (BioPair pair = pair(
                        fixture()
                                .clientBuilder()
                                .maximumVersion(TlsVersion.TLS_1_2)
                                .ciphers(DHE)
                                .build(),
                        context)) {
                    complete(pair, name + ", the client offers all groups");
                }
            }
        }
    }

    /** Parameters that have a name: RFC 7919, RFC 3526 (what OpenSSL's "auto" takes for large keys). */
    List<String> NAMED_PARAMETERS =
            List.of("group:ffdhe2048", "group:ffdhe3072", "group:ffdhe4096", "group:modp_2048", "group:modp_3072");

    /** Groups that a client may name. */
    List<NamedGroup> FINITE_FIELDS = List.of(NamedGroup.FFDHE2048, NamedGroup.FFDHE3072, NamedGroup.FFDHE4096);

    private ServerContext withParameters(DhParameters parameters) throws Exception {
        return fixture()
                .serverBuilder(fixture().server(KeyKind.RSA))
                .dhParameters(parameters)
                .build();
    }

    /** These parameters stand in what the server answers to a client of TLS 1.2, and the handshake completes with them. */
    private void requireSent(DhParameters parameters, ServerContext server) throws Exception {
        ClientContext client = fixture()
                .clientBuilder()
                .maximumVersion(TlsVersion.TLS_1_2)
                .ciphers(DHE)
                .build();
        try (BioPair pair = pair(client, server)) {
            assertThrows(TlsWantReadException.class, pair.client()::handshake);
            pair.toServer().write(pair.fromClient().read(Integer.MAX_VALUE));
            assertThrows(TlsWantReadException.class, pair.server()::handshake);
            byte[] flight = pair.fromServer().read(Integer.MAX_VALUE);
            String prime = parameters.prime().toString(16);
            assertTrue(HexFormat.of().formatHex(flight).contains(prime), "the prime is not in the server's flight");
            pair.toClient().write(flight);
            complete(pair, parameters.toString());
            assertEquals(DHE, pair.client().info().cipher().name());
        }
    }

    /** A suite that uses them. */
    String DHE = "DHE-RSA-AES256-GCM-SHA384";

    /** Parameters that nobody else has, with a prime of so many bits. */
    static DhParameters dhParameters(int bits) {
        return new DhParameters(BigInteger.probablePrime(bits, new SecureRandom()), BigInteger.TWO);
    }

    private static List<String> suitesOfTls13(ClientContext client) {
        return client.ciphers().stream()
                .filter(CipherSuite::tls13)
                .map(CipherSuite::ianaName)
                .toList();
    }

    /** The schemes in the ClientHello of this client. */
    private List<SignatureScheme> offered(ClientContext client) throws Exception {
        List<SignatureScheme> offered = new ArrayList<>();
        ServerContext server = fixture()
                .serverBuilder()
                .serverNameCallback(hello -> {
                    offered.addAll(hello.signatureSchemes());
                    return new ServerNameCallback.Decision.Proceed();
                })
                .build();
        try (BioPair pair = pair(client, server)) {
            pair.handshake();
        }
        return offered;
    }

    /** A server's identity whose key signs by this scheme. */
    private TestIdentity identity(String scheme) throws GeneralSecurityException {
        if (scheme.startsWith("rsa_pss_pss_")) {
            return identity("RSASSA-PSS", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
        }
        if (scheme.startsWith("ecdsa_secp384r1_") || scheme.startsWith("ecdsa_secp521r1_")) {
            return identity("EC", new ECGenParameterSpec(scheme.split("_", -1)[1]));
        }
        if (scheme.equals("ed448")) {
            return identity("Ed448", NamedParameterSpec.ED448);
        }
        return fixture()
                .server(
                        scheme.equals("ed25519")
                                ? KeyKind.ED25519
                                : scheme.startsWith("rsa_") ? KeyKind.RSA : KeyKind.EC);
    }

    private TestIdentity identity(String algorithm, AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters);
        return fixture().authority().server(KeyKind.EC, template -> template.keyPair(generator.generateKeyPair()));
    }
}
