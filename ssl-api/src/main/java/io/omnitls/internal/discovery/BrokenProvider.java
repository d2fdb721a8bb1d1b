package io.omnitls.internal.discovery;

import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.ProviderInfo;
import io.omnitls.spi.TlsProvider;

/** Stands in the list for a provider that could not even be constructed, so that the doctor can show it. */
record BrokenProvider(Throwable cause) implements TlsProvider {
    @Override
    public String name() {
        return "broken";
    }

    @Override
    public Availability availability() {
        return new Availability.Unavailable("a provider could not be loaded: " + EngineFailure.text(cause));
    }

    @Override
    public int priority() {
        return Integer.MIN_VALUE;
    }

    @Override
    public ProviderInfo info() {
        throw new IllegalStateException(cause);
    }

    @Override
    public Capabilities capabilities() {
        throw new IllegalStateException(cause);
    }

    @Override
    public CryptoServices crypto() {
        throw new IllegalStateException(cause);
    }

    @Override
    public EngineFactory open(ContextSpec spec) {
        throw new IllegalStateException(cause);
    }
}
