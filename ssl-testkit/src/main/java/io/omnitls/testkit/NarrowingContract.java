package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.EnginePair;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** SPEC.md part 1, for connections that take less than their context allows. */
public interface NarrowingContract extends Contract {
    private static void change(SSLEngine engine, Consumer<SSLParameters> change) {
        SSLParameters parameters = engine.getSSLParameters();
        change.accept(parameters);
        engine.setSSLParameters(parameters);
    }

    private EnginePair pair(ClientContext client, ServerContext server) {
        return new EnginePair(
                client.sslEngine(TestAuthority.SERVER_NAME, 443), server.sslEngine(), Segmentation.none());
    }

    private static void assertOpens(EnginePair pair) throws Exception {
        assertTrue(
                pair.handshake(),
                () -> pair.client().failure() + " and " + pair.server().failure());
    }

    private static ErrorReason reason(EnginePair pair, Role end) {
        return assertInstanceOf(TlsException.class, pair.end(end).failure().orElseThrow())
                .reason();
    }

    /** Suites of TLS 1.2 that an EC key serves, in the context's order. */
    private static List<String> ecSuites(ClientContext context) {
        return context.ciphers().stream()
                .filter(suite -> !suite.tls13())
                .map(CipherSuite::ianaName)
                .filter(name -> name.startsWith("TLS_ECDHE_ECDSA_"))
                .toList();
    }

    @Test
    default void rule1_31_fewerSuitesInAnotherOrderAreWhatIsNegotiated() throws Exception {
        ClientContext client =
                fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2).build();
        ServerContext server =
                fixture().serverBuilder().cipherServerPreference(true).build();
        List<String> suites = ecSuites(client);
        assertTrue(suites.size() > 1);
        for (String suite : suites) {
            for (Role role : Role.values()) {
                EnginePair pair = pair(client, server);
                SSLEngine engine = pair.end(role).engine();
                engine.setEnabledCipherSuites(new String[] {"TLS_EMPTY_RENEGOTIATION_INFO_SCSV", suite});
                assertArrayEquals(new String[] {suite}, engine.getEnabledCipherSuites());
                assertArrayEquals(new String[] {"TLSv1.2"}, engine.getEnabledProtocols());
                assertOpens(pair);
                assertEquals(suite, engine.getSession().getCipherSuite());
            }
        }
        List<String> reversed = new ArrayList<>(suites);
        Collections.reverse(reversed);
        EnginePair ordered = pair(client, server);
        change(ordered.server().engine(), p -> p.setCipherSuites(reversed.toArray(new String[0])));
        assertOpens(ordered);
        assertEquals(reversed.get(0), ordered.client().engine().getSession().getCipherSuite());
        if (fixture().expected().has(Feature.CLIENT_CIPHER_PREFERENCE)) {
            EnginePair clients = pair(client, server);
            change(clients.client().engine(), p -> p.setCipherSuites(reversed.toArray(new String[0])));
            change(clients.server().engine(), p -> p.setUseCipherSuitesOrder(false));
            assertOpens(clients);
            assertEquals(reversed.get(0), clients.client().engine().getSession().getCipherSuite());
        }
        EnginePair apart = pair(client, server);
        apart.client().engine().setEnabledCipherSuites(new String[] {suites.get(0)});
        apart.server().engine().setEnabledCipherSuites(new String[] {suites.get(1)});
        assertTrue(!apart.handshake());
        assertEquals(ErrorReason.NO_SHARED_CIPHER, reason(apart, Role.SERVER));
    }

    @Test
    default void rule1_31_fewerVersionsAreWhatIsNegotiated() throws Exception {
        ClientContext client = fixture().clientBuilder().build();
        ServerContext server = fixture().serverBuilder().build();
        for (TlsVersion version : fixture().versions()) {
            String[] one = {version.protocolName()};
            for (Role role : Role.values()) {
                EnginePair pair = pair(client, server);
                pair.end(role).engine().setEnabledProtocols(one);
                assertArrayEquals(one, pair.end(role).engine().getEnabledProtocols());
                assertTrue(Stream.of(pair.end(role).engine().getEnabledCipherSuites())
                        .allMatch(suite -> suite.contains("_WITH_") == (version != TlsVersion.TLS_1_3)));
                assertOpens(pair);
                assertEquals(
                        version.protocolName(),
                        pair.client().engine().getSession().getProtocol());
            }
        }
        EnginePair apart = pair(client, server);
        apart.client().engine().setEnabledProtocols(new String[] {"TLSv1.2"});
        apart.server().engine().setEnabledProtocols(new String[] {"TLSv1.3"});
        assertTrue(!apart.handshake());
        assertEquals(ErrorReason.UNSUPPORTED_PROTOCOL, reason(apart, Role.SERVER));
        EnginePair nothing = pair(client, server);
        SSLEngine both = nothing.client().engine();
        both.setEnabledProtocols(new String[] {"TLSv1.3"});
        both.setEnabledCipherSuites(ecSuites(client).toArray(new String[0]));
        assertTrue(!nothing.handshake());
        assertEquals(ErrorReason.NO_PROTOCOLS_AVAILABLE, reason(nothing, Role.CLIENT));
    }

    @Test
    default void rule1_31_socketsTakeLessAsEnginesDo() throws Exception {
        ClientContext client = fixture().clientBuilder().build();
        ServerContext server = fixture().serverBuilder().build();
        String suite = ecSuites(client).get(1);
        for (Role role : Role.values()) {
            try (TlsServerSocket listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                listener.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                if (role == Role.SERVER) {
                    listener.setEnabledCipherSuites(new String[] {suite});
                    listener.setEnabledProtocols(new String[] {"TLSv1.2"});
                }
                try (TlsSocket socket = Loopback.connect(
                                listener.getLocalPort(),
                                client,
                                ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
                        TlsSocket accepted = listener.accept()) {
                    if (role == Role.CLIENT) {
                        // What an HTTP client does: what it wants of what is supported.
                        String[] wanted = Arrays.stream(socket.getSupportedCipherSuites())
                                .filter(suite::equals)
                                .toArray(String[]::new);
                        socket.setEnabledCipherSuites(wanted);
                        socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                    }
                    BackgroundTask<Boolean> serving = BackgroundTask.of(() -> {
                        accepted.handshake();
                        return true;
                    });
                    socket.handshake();
                    serving.get();
                    assertEquals(suite, socket.info().cipher().ianaName());
                    assertThrows(
                            IllegalStateException.class, () -> socket.setEnabledProtocols(new String[] {"TLSv1.3"}));
                }
            }
        }
    }

    @Test
    default void rule1_32_aServerCanAskForMoreThanItsContextDoes() throws Exception {
        ServerContext server = fixture()
                .serverBuilder()
                .verifyLocations(fixture().authority().trust())
                .build();
        for (TlsVersion version : fixture().versions()) {
            ClientContext nobody =
                    fixture().clientBuilder().maximumVersion(version).build();
            ClientContext somebody = nobody.toBuilder()
                    .certificateChain(fixture().authority().client(KeyKind.EC).credentials())
                    .build();
            EnginePair refused = pair(nobody, server);
            refused.server().engine().setNeedClientAuth(true);
            assertTrue(refused.server().engine().getSSLParameters().getNeedClientAuth());
            refused.handshake();
            assertEquals(ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE, reason(refused, Role.SERVER));
            EnginePair optional = pair(nobody, server);
            optional.server().engine().setWantClientAuth(true);
            assertOpens(optional);
            for (boolean need : List.of(true, false)) {
                EnginePair proved = pair(somebody, server);
                SSLEngine engine = proved.server().engine();
                change(engine, parameters -> {
                    if (need) {
                        parameters.setNeedClientAuth(true);
                    } else {
                        parameters.setWantClientAuth(true);
                    }
                });
                assertEquals(need, engine.getNeedClientAuth());
                assertEquals(!need, engine.getWantClientAuth());
                assertOpens(proved);
                assertTrue(engine.getSession().getPeerCertificates().length > 0);
            }
            EnginePair not = pair(somebody, server);
            not.server().engine().setNeedClientAuth(true);
            not.server().engine().setNeedClientAuth(false); // back to what the context asks
            assertOpens(not);
        }
        SSLEngine trusting = fixture().serverBuilder().build().sslEngine();
        assertThrows(UnsupportedOperationException.class, () -> trusting.setNeedClientAuth(true));
    }

    private static Optional<Method> setter(String name) {
        try {
            return Optional.of(SSLParameters.class.getMethod(name, String[].class));
        } catch (NoSuchMethodException olderJdk) {
            return Optional.empty();
        }
    }

    private static void call(Method setter, SSLParameters parameters, String... names) {
        try {
            setter.invoke(parameters, (Object) names);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(setter + " is public", e);
        }
    }

    /** JDK 20 and 19 brought the setters. */
    @Test
    default void rule1_31_groupsAndSignatureSchemesAreWhatIsNegotiated() throws Exception {
        ClientContext client = fixture().clientBuilder().build();
        ServerContext server = fixture().serverBuilder().build();
        Optional<Method> groups = setter("setNamedGroups");
        if (groups.isPresent() && fixture().expected().has(Feature.GROUP_CHOICE)) {
            for (Role role : Role.values()) {
                EnginePair pair = pair(client, rsaServer().build());
                change(pair.end(role).engine(), p -> call(groups.get(), p, "secp384r1"));
                assertOpens(pair);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> change(pair(client, server).end(role).engine(), p -> call(groups.get(), p, "nobody's")));
            }
            EnginePair apart = pair(client, server);
            change(apart.client().engine(), p -> call(groups.get(), p, "secp384r1"));
            change(apart.server().engine(), p -> call(groups.get(), p, "secp256r1"));
            assertTrue(!apart.handshake());
            SSLEngine chosen =
                    server.toBuilder().groups(NamedGroup.SECP256R1).build().sslEngine();
            assertThrows(
                    UnsupportedOperationException.class, () -> change(chosen, p -> call(groups.get(), p, "secp384r1")));
        }
        Optional<Method> schemes = setter("setSignatureSchemes");
        if (schemes.isPresent() && !fixture().expected().signatureSchemes().isEmpty()) {
            EnginePair apart = pair(client, server);
            change(apart.client().engine(), p -> call(schemes.get(), p, "rsa_pss_rsae_sha256"));
            assertTrue(!apart.handshake(), "the server has no key for that");
            EnginePair pair = pair(client, server);
            change(pair.client().engine(), p -> call(schemes.get(), p, "ecdsa_secp256r1_sha256"));
            assertOpens(pair);
        }
    }

    /** BC-FIPS signs with a key on a curve only where that is one of the groups. */
    private ServerContext.Builder rsaServer() {
        return fixture().serverBuilder(fixture().server(KeyKind.RSA));
    }

    @Test
    default void rule1_33_theContextThatAnswersIsNotAllowedMoreEither() throws Exception {
        Optional<Method> groups = setter("setNamedGroups");
        if (groups.isPresent() && fixture().expected().has(Feature.GROUP_CHOICE)) {
            ServerContext strict = rsaServer().groups(NamedGroup.SECP384R1).build();
            ServerContext asked = fixture()
                    .serverBuilder()
                    .serverNameCallback((hello, asking) -> new ServerNameCallback.Decision.Use(strict))
                    .build();
            ClientContext client =
                    fixture().clientBuilder().groups(NamedGroup.SECP256R1).build();
            EnginePair wider = pair(client, asked);
            change(wider.server().engine(), p -> call(groups.get(), p, "secp256r1"));
            assertTrue(!wider.handshake());
            EnginePair both = pair(fixture().clientBuilder().build(), asked);
            change(both.server().engine(), p -> call(groups.get(), p, "secp256r1", "secp384r1"));
            assertOpens(both);
        }
    }

    @Test
    default void rule1_33_whatWouldAllowMoreAndWhatNobodyKnowsIsRefused() throws Exception {
        ClientContext narrow = fixture()
                .clientBuilder()
                .maximumVersion(TlsVersion.TLS_1_2)
                .ciphers(ecSuites(fixture().clientBuilder().build()).get(0))
                .build();
        ServerContext asking = fixture()
                .serverBuilder()
                .verifyLocations(fixture().authority().trust())
                .verifyMode(VerifyMode.REQUIRED)
                .build();
        SSLEngine client = narrow.sslEngine(TestAuthority.SERVER_NAME, 443);
        SSLParameters before = client.getSSLParameters();
        String other = ecSuites(fixture().clientBuilder().build()).get(1);
        assertArrayEquals(client.getSupportedCipherSuites(), client.getEnabledCipherSuites());
        for (Consumer<SSLEngine> wider : List.<Consumer<SSLEngine>>of(
                engine -> engine.setEnabledCipherSuites(new String[] {other}),
                engine -> engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"}),
                engine -> change(engine, p -> p.setProtocols(new String[] {"TLSv1.3"})),
                engine -> engine.setUseClientMode(false),
                engine -> engine.setEnableSessionCreation(false),
                engine -> change(engine, p -> p.setEndpointIdentificationAlgorithm("")))) {
            assertThrows(UnsupportedOperationException.class, () -> wider.accept(client));
        }
        for (Consumer<SSLEngine> unknown : List.<Consumer<SSLEngine>>of(
                engine -> engine.setEnabledCipherSuites(new String[] {"TLS_OF_NOBODY"}),
                engine -> engine.setEnabledCipherSuites(new String[0]),
                engine -> engine.setEnabledProtocols(new String[] {"TLSv9"}),
                engine -> engine.setEnabledProtocols(new String[0]))) {
            assertThrows(IllegalArgumentException.class, () -> unknown.accept(client));
        }
        assertArrayEquals(before.getCipherSuites(), client.getEnabledCipherSuites());
        SSLEngine server = asking.sslEngine();
        assertThrows(UnsupportedOperationException.class, () -> server.setNeedClientAuth(false));
        assertThrows(UnsupportedOperationException.class, () -> server.setWantClientAuth(true));
        assertThrows(UnsupportedOperationException.class, () -> server.setUseClientMode(true));
    }
}
