package io.omnitls.jsse;

import io.omnitls.error.TlsException;
import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.ProviderInfo;
import io.omnitls.spi.TlsProvider;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;

/**
 * The JDK's own TLS. Found by {@link java.util.ServiceLoader}; use it through {@code io.omnitls.ClientContext}.
 *
 * <p>As a server SunJSSE makes an {@code SNIHostName} of the server name in a ClientHello before anybody is asked, and that
 * takes the names of RFC 952 alone: none with an underscore or a trailing dot. Nothing that can be set changes that, so such
 * a client hears unrecognized_name.
 *
 * <p>What SunJSSE keeps to itself, the secrets for a key log, exporters and tls-unique, a security provider named
 * OmniTlsObserver sees; it is also how a server gets Diffie-Hellman parameters of its own, whose primes have to have 512 to
 * 8192 bits, a multiple of 64. It goes to the first place in {@code java.security.Security}'s list whenever a context that
 * asks for one of these opens a connection, and has services only for threads that are inside an engine of such a context. A provider that is put before it during a handshake, and has the same
 * services, hides the secrets: the connection then fails rather than go unlogged.
 */
public final class JsseProvider implements TlsProvider {

    /** For {@link java.util.ServiceLoader}. */
    public JsseProvider() {}

    @Override
    public String name() {
        return "jsse";
    }

    @Override
    public Availability availability() {
        if (backend().isEmpty()) {
            return new Availability.Unavailable(
                    "this Java runtime has no SunJSSE; add it to the list of providers in java.security");
        }
        // Before JDK 22 a module of its own, which jlink leaves out unless it is asked for. Without it no key is an EC
        // key,
        // and the groups that nearly every peer wants are not there.
        if (Security.getProviders("KeyAgreement.ECDH") == null) {
            return new Availability.Unavailable(
                    "this Java runtime has no elliptic curves; add the module jdk.crypto.ec to its"
                            + " image (jlink --add-modules jdk.crypto.ec)");
        }
        return new Availability.Available();
    }

    @Override
    public ProviderInfo info() {
        return ProviderInfo.of("SunJSSE", Runtime.version().toString());
    }

    @Override
    public Capabilities capabilities() {
        return Loaded.CAPABILITIES;
    }

    @Override
    public int priority() {
        return 100;
    }

    /** SunJSSE takes all its cryptography from the process-wide list, so keys and certificates come from there too. */
    @Override
    public CryptoServices crypto() {
        return Loaded.CRYPTO;
    }

    @Override
    public EngineFactory open(ContextSpec spec) throws TlsException {
        return new JsseContext(spec, Loaded.BACKEND, Loaded.CRYPTO);
    }

    /** Another provider may stand before SunJSSE in the list, so the default {@code SSLContext} is not good enough. */
    private static Optional<Provider> backend() {
        return Optional.ofNullable(Security.getProvider("SunJSSE"));
    }

    /** Costs some 100 ms, so it waits for the first question. */
    private static final class Loaded {
        static final Provider BACKEND =
                backend().orElseThrow(() -> new IllegalStateException("SunJSSE is not available"));
        static final CryptoServices CRYPTO = CryptoServices.ofPlatform();
        static final Capabilities CAPABILITIES = JsseCapabilities.of(BACKEND);
    }
}
