package io.omnitls.bcfips;

import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One end of a connection to come, with every setting at a default that can be exchanged. */
record TestContext(ContextSpec spec, TestKeys keys, Optional<String> serverName, List<String> applicationProtocols) {

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
        ContextSpec spec = ContextSpec.builder(role, range, keys, new TestTrust(VerifyCode.OK))
                .cipherSuites(suites(CAPABILITIES.cipherSuites().stream().filter(fits)))
                .sessions(SESSIONS)
                .verifyMode(role == Role.CLIENT ? VerifyMode.REQUIRED : VerifyMode.NONE)
                .build();
        return new TestContext(spec, keys, Optional.empty(), List.of());
    }

    static boolean isTls13(String suite) {
        return !suite.contains("_WITH_");
    }

    /** The provider needs no more of a suite than its registry name. */
    private static List<CipherSuite> suites(Stream<String> names) {
        return names.map(name -> CipherSuite.builder(0, name, name).build()).toList();
    }

    TestContext cipherSuites(String... names) {
        return with(spec.toBuilder().cipherSuites(suites(Stream.of(names))));
    }

    TestContext clientPreference() {
        return with(spec.toBuilder().preferServerCiphers(false));
    }

    TestContext groups(NamedGroup... names) {
        return with(spec.toBuilder().groups(List.of(names)));
    }

    TestContext verifyMode(VerifyMode mode) {
        return with(spec.toBuilder().verifyMode(mode));
    }

    TestContext keys(TestIdentity... identities) {
        TestKeys held = new TestKeys(identities);
        return new TestContext(spec.toBuilder().keyManager(held).build(), held, serverName, applicationProtocols);
    }

    TestContext verdict(VerifyCode code) {
        return with(spec.toBuilder().trustManager(new TestTrust(code)));
    }

    TestContext serverName(String name) {
        return new TestContext(spec, keys, Optional.of(name), applicationProtocols);
    }

    /** What a client offers; what a server selects is the first, if any. */
    TestContext applicationProtocols(String... names) {
        return new TestContext(spec, keys, serverName, List.of(names));
    }

    private TestContext with(ContextSpec.Builder changed) {
        return new TestContext(changed.build(), keys, serverName, applicationProtocols);
    }

    /** A new connection's end, in a context of its own. */
    TestPeer peer() throws TlsException {
        return peer(open());
    }

    /** A new connection's end in a context that {@link #open} has made. */
    TestPeer peer(EngineFactory context) throws TlsException {
        return new TestPeer(context.engine(
                spec.role() == Role.CLIENT
                        ? new EngineSpec.Client(serverName, applicationProtocols, Optional.empty(), Optional.empty())
                        : new EngineSpec.Server(
                                // The provider does not look at it: the same bytes are fed to the engine.
                                ClientHello.builder().build(),
                                spec.versions().get(spec.versions().size() - 1),
                                applicationProtocols.stream().findFirst(),
                                Optional.empty())));
    }

    EngineFactory open() throws TlsException {
        return PROVIDER.open(spec);
    }
}
