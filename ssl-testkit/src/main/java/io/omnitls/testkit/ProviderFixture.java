package io.omnitls.testkit;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The provider that contracts are run on, and what it is expected to be able to do. The expectation is written down by
 * the provider's author, so that a capability that gets lost is a failed test and not a skipped one.
 */
public final class ProviderFixture {
    private final String provider;
    private final Capabilities expected;
    private final TestAuthority authority = TestAuthority.create("Test Root");
    private final Map<KeyKind, TestIdentity> servers = new EnumMap<>(KeyKind.class);

    /**
     * A fixture for the provider with this name, which has to be found by {@code ServiceLoader}.
     *
     * @param expected what it is expected to declare
     */
    public ProviderFixture(String provider, Capabilities expected) {
        this.provider = provider;
        this.expected = expected;
    }

    /** The provider's name. */
    public String provider() {
        return provider;
    }

    /** What the provider is expected to declare. */
    public Capabilities expected() {
        return expected;
    }

    /** The authority that issued all certificates of the contracts, unless they say otherwise. */
    public TestAuthority authority() {
        return authority;
    }

    /** A server's identity with a key of this kind; the same one each time. */
    public synchronized TestIdentity server(KeyKind kind) {
        return servers.computeIfAbsent(kind, authority::server);
    }

    /** The kinds of key that the provider authenticates with. */
    public List<KeyKind> keyKinds() {
        return Arrays.stream(KeyKind.values())
                .filter(kind -> expected.keyAlgorithms().contains(kind.keyAlgorithm()))
                .toList();
    }

    /** The versions that contracts are run on: TLS 1.2 and 1.3. */
    public List<TlsVersion> versions() {
        return expected.versions().stream()
                .filter(version -> version.atLeast(TlsVersion.TLS_1_2))
                .toList();
    }

    /** Those of {@link #versions} of which a client resumes sessions. */
    public List<TlsVersion> resumableVersions() {
        return versions().stream()
                .filter(version -> expected.has(Feature.sessionResumption(version)))
                .toList();
    }

    /** A client that trusts the authority. */
    public ClientContext.Builder clientBuilder() {
        return ClientContext.builder().provider(provider).verifyLocations(authority.trust());
    }

    /** A server with an EC key. */
    public ServerContext.Builder serverBuilder() {
        return serverBuilder(server(KeyKind.EC));
    }

    /** A server with this identity. */
    public ServerContext.Builder serverBuilder(TestIdentity identity) {
        return ServerContext.builder().provider(provider).certificateChain(identity.credentials());
    }
}
