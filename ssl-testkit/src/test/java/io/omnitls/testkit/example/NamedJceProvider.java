package io.omnitls.testkit.example;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.Feature;
import io.omnitls.spi.Limits;
import io.omnitls.spi.ProviderInfo;
import io.omnitls.spi.StandardEngineFactory;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.TlsProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** An example to start from: TLS by whatever JSSE-style {@code java.security.Provider} has this name. */
public final class NamedJceProvider implements TlsProvider {
    private static final String JCE_NAME = "SunJSSE";

    /** For {@link java.util.ServiceLoader}. */
    public NamedJceProvider() {}

    @Override
    public String name() {
        return "example";
    }

    @Override
    public Availability availability() {
        return Security.getProvider(JCE_NAME) != null
                ? new Availability.Available()
                : new Availability.Unavailable("no security provider is named " + JCE_NAME);
    }

    @Override
    public ProviderInfo info() {
        return ProviderInfo.of(JCE_NAME, backend().getVersionStr());
    }

    /** Only what was tried: a longer list is a longer promise. */
    @Override
    public Capabilities capabilities() {
        return Capabilities.builder()
                .versions(List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3))
                .cipherSuites(List.of(
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
                .keyAlgorithms(List.of("RSA", "EC"))
                .keyCurves(List.of(NamedGroup.SECP256R1))
                .sessionTickets(List.of(1))
                .features(
                        Set.of(Feature.HALF_CLOSE, Feature.KEY_ENCIPHERMENT_SIGNATURES, Feature.SESSION_TICKETS_TLS12))
                .limits(new Limits(10, Runtime.version().feature() >= 23 ? 8 : 10, 32_768))
                .build();
    }

    /** Chosen by name alone. */
    @Override
    public int priority() {
        return -1;
    }

    @Override
    public CryptoServices crypto() {
        return CryptoServices.ofPlatform();
    }

    @Override
    public EngineFactory open(ContextSpec spec) throws TlsException {
        try {
            return new Context(spec, SSLContext.getInstance("TLS", backend()), crypto());
        } catch (NoSuchAlgorithmException e) {
            throw new TlsException(ErrorReason.INTERNAL_ERROR, JCE_NAME + " has no TLS context", e);
        }
    }

    private static Provider backend() {
        return Security.getProvider(JCE_NAME);
    }

    private static final class Context extends StandardEngineFactory {
        Context(ContextSpec spec, SSLContext sslContext, CryptoServices crypto) throws TlsException {
            super(spec, sslContext, crypto);
        }

        @Override
        protected void configure(SSLParameters parameters) {
            // The groups would be set here, if the provider declared that it can choose them.
        }

        @Override
        protected TlsEngine dress(SSLEngine engine, EngineSpec engineSpec) {
            return new NamedJceEngine(engine);
        }
    }
}
