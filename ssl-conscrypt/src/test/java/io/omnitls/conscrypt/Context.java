package io.omnitls.conscrypt;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.SessionSpec;
import io.omnitls.spi.TlsProvider;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Opens contexts through the SPI with all that the provider can do. */
final class Context {
    static final TlsProvider PROVIDER = new ConscryptProvider();

    /** Whatever the backend does by itself. */
    static final SessionSpec SESSIONS = new SessionSpec(
            true, PROVIDER.capabilities().sessionTickets().get(0), OptionalInt.empty(), Optional.empty());

    private static final FixedKey SERVER_KEY = FixedKey.of(Algorithm.ecp256);

    /** An EC key's curve would have to be among the groups too (RFC 8422 section 5.1.1). */
    private static final FixedKey RSA_KEY = FixedKey.of(Algorithm.rsa2048);

    private Context() {}

    static EngineFactory client(TlsVersion version, X509ExtendedTrustManager trust, NamedGroup... groups)
            throws TlsException {
        return open(Role.CLIENT, version, VerifyMode.REQUIRED, FixedKey.none(), trust, List.of(groups));
    }

    static EngineFactory client(TlsVersion version, X509ExtendedTrustManager trust, X509ExtendedKeyManager key)
            throws TlsException {
        return open(Role.CLIENT, version, VerifyMode.REQUIRED, key, trust, List.of());
    }

    static EngineFactory server(TlsVersion version) throws TlsException {
        return server(version, VerifyMode.NONE, SERVER_KEY, new FixedVerdict(VerifyCode.OK));
    }

    static EngineFactory serverOf(TlsVersion version, NamedGroup group) throws TlsException {
        return open(Role.SERVER, version, VerifyMode.NONE, RSA_KEY, new FixedVerdict(VerifyCode.OK), List.of(group));
    }

    static EngineFactory server(
            TlsVersion version, VerifyMode mode, X509ExtendedKeyManager key, X509ExtendedTrustManager trust)
            throws TlsException {
        return open(Role.SERVER, version, mode, key, trust, List.of());
    }

    private static EngineFactory open(
            Role role,
            TlsVersion version,
            VerifyMode mode,
            X509ExtendedKeyManager key,
            X509ExtendedTrustManager trust,
            List<NamedGroup> groups)
            throws TlsException {
        List<CipherSuite> suites = PROVIDER.capabilities().cipherSuites().stream()
                .filter(name -> name.contains("_WITH_") == (version == TlsVersion.TLS_1_2))
                .map(name -> CipherSuite.builder(0, name, name).build())
                .toList();
        return PROVIDER.open(ContextSpec.builder(role, List.of(version), key, trust)
                .cipherSuites(suites)
                .groups(groups)
                .sessions(SESSIONS)
                .verifyMode(mode)
                .build());
    }

    static EngineSpec.Client to(String serverName, String... applicationProtocols) {
        return new EngineSpec.Client(
                Optional.of(serverName), List.of(applicationProtocols), Optional.empty(), Optional.empty());
    }

    static EngineSpec.Client toNobody() {
        return new EngineSpec.Client(Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Of the ClientHello the provider looks at nothing: the same bytes are fed to its engine. */
    static EngineSpec.Server accepting(TlsVersion version, Optional<String> applicationProtocol) {
        return new EngineSpec.Server(ClientHello.builder().build(), version, applicationProtocol, Optional.empty());
    }
}
