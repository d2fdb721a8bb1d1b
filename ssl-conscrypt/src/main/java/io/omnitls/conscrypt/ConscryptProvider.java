package io.omnitls.conscrypt;

import io.omnitls.error.TlsException;
import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.ProviderInfo;
import io.omnitls.spi.TlsProvider;
import org.conscrypt.Conscrypt;

/** BoringSSL through Conscrypt. Found by {@link java.util.ServiceLoader}; use it through {@code io.omnitls}. */
public final class ConscryptProvider implements TlsProvider {

    /** For {@link java.util.ServiceLoader}. */
    public ConscryptProvider() {}

    @Override
    public String name() {
        return "conscrypt";
    }

    @Override
    public Availability availability() {
        return ConscryptBackend.availability();
    }

    @Override
    public ProviderInfo info() {
        Conscrypt.Version version = Conscrypt.version();
        return ProviderInfo.of(
                "Conscrypt (BoringSSL)", version.major() + "." + version.minor() + "." + version.patch());
    }

    @Override
    public Capabilities capabilities() {
        return ConscryptBackend.get().capabilities();
    }

    @Override
    public int priority() {
        return 50;
    }

    @Override
    public CryptoServices crypto() {
        return ConscryptBackend.get().crypto();
    }

    @Override
    public EngineFactory open(ContextSpec spec) throws TlsException {
        return new ConscryptContext(spec, ConscryptBackend.get());
    }
}
