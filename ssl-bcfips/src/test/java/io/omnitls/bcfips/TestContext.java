package io.omnitls.bcfips;

import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.SessionSpec;
import io.omnitls.spi.TlsProvider;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** One end of a connection to come, with every setting at a default that can be exchanged. */
record TestContext(
        Role role,
        List<TlsVersion> versions,
        List<String> cipherSuites,
        boolean preferServerCiphers,
        List<NamedGroup> groups,
        VerifyMode verifyMode,
        TestKeys keys,
        VerifyCode verdict,
        Optional<String> serverName,
        List<String> applicationProtocols) {

    static final TlsProvider PROVIDER = new BcFipsProvider();

    /** Whatever the backend does by itself. */
    static final SessionSpec SESSIONS = new SessionSpec(
            true, PROVIDER.capabilities().sessionTickets().get(0), OptionalInt.empty(), Optional.empty());

    static final Capabilities CAPABILITIES = PROVIDER.capabilities();

    static TestContext client(TlsVersion... versions) {
        return of(Role.CLIENT, new TestKeys(), versions);
    }

    static TestContext server(TestIdentity identity, TlsVersion... versions) {
        return of(Role.SERVER, new TestKeys(identity), versions);
    }

    private static TestContext of(Role role, TestKeys keys, TlsVersion... versions) {
        List<TlsVersion> range = List.of(versions);
        boolean tls13 = range.contains(TlsVersion.TLS_1_3);
        boolean tls12 = range.contains(TlsVersion.TLS_1_2);
        Predicate<String> fits = suite -> isTls13(suite) ? tls13 : tls12;
        return new TestContext(
                role,
                range,
                CAPABILITIES.cipherSuites().stream().filter(fits).toList(),
                true,
                List.of(),
                role == Role.CLIENT ? VerifyMode.REQUIRED : VerifyMode.NONE,
                keys,
                VerifyCode.OK,
                Optional.empty(),
                List.of());
    }

    static boolean isTls13(String suite) {
        return !suite.contains("_WITH_");
    }

    TestContext cipherSuites(String... names) {
        return new TestContext(
                role,
                versions,
                List.of(names),
                preferServerCiphers,
                groups,
                verifyMode,
                keys,
                verdict,
                serverName,
                applicationProtocols);
    }

    TestContext clientPreference() {
        return new TestContext(
                role,
                versions,
                cipherSuites,
                false,
                groups,
                verifyMode,
                keys,
                verdict,
                serverName,
                applicationProtocols);
    }

    TestContext groups(NamedGroup... names) {
        return new TestContext(
                role,
                versions,
                cipherSuites,
                preferServerCiphers,
                List.of(names),
                verifyMode,
                keys,
                verdict,
                serverName,
                applicationProtocols);
    }

    TestContext verifyMode(VerifyMode mode) {
        return new TestContext(
                role,
                versions,
                cipherSuites,
                preferServerCiphers,
                groups,
                mode,
                keys,
                verdict,
                serverName,
                applicationProtocols);
    }

    TestContext keys(TestIdentity... identities) {
        return new TestContext(
                role,
                versions,
                cipherSuites,
                preferServerCiphers,
                groups,
                verifyMode,
                new TestKeys(identities),
                verdict,
                serverName,
                applicationProtocols);
    }

    TestContext verdict(VerifyCode code) {
        return new TestContext(
                role,
                versions,
                cipherSuites,
                preferServerCiphers,
                groups,
                verifyMode,
                keys,
                code,
                serverName,
                applicationProtocols);
    }

    TestContext serverName(String name) {
        return new TestContext(
                role,
                versions,
                cipherSuites,
                preferServerCiphers,
                groups,
                verifyMode,
                keys,
                verdict,
                Optional.of(name),
                applicationProtocols);
    }

    /** What a client offers; what a server selects is the first, if any. */
    TestContext applicationProtocols(String... names) {
        return new TestContext(
                role,
                versions,
                cipherSuites,
                preferServerCiphers,
                groups,
                verifyMode,
                keys,
                verdict,
                serverName,
                List.of(names));
    }

    /** A new connection's end, in a context of its own. */
    TestPeer peer() throws TlsException {
        return peer(open());
    }

    /** A new connection's end in a context that {@link #open} has made. */
    TestPeer peer(EngineFactory context) throws TlsException {
        return new TestPeer(context.engine(
                role == Role.CLIENT
                        ? new EngineSpec.Client(serverName, applicationProtocols, Optional.empty(), Optional.empty())
                        : new EngineSpec.Server(
                                NO_HELLO,
                                versions.get(versions.size() - 1),
                                applicationProtocols.stream().findFirst(),
                                Optional.empty())));
    }

    EngineFactory open() throws TlsException {
        return PROVIDER.open(new ContextSpec(
                role,
                versions,
                suites(),
                preferServerCiphers,
                groups,
                SESSIONS,
                Set.of(),
                verifyMode,
                List.of(),
                Optional.empty(),
                keys,
                new TestTrust(verdict)));
    }

    /** The provider needs no more of a suite than its registry name. */
    private List<CipherSuite> suites() {
        return cipherSuites.stream()
                .map(name -> new CipherSuite(0, name, name, "", "", "", "", "", true, 128, 128, ""))
                .toList();
    }

    /** The provider does not look at it: the same bytes are fed to the engine. */
    private static final ClientHello NO_HELLO = new ClientHello(
            Bytes.copyOf(new byte[0]),
            0x0303,
            Bytes.copyOf(new byte[32]),
            Bytes.copyOf(new byte[0]),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
}
