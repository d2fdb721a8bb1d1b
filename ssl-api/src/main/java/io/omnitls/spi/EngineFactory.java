package io.omnitls.spi;

import io.omnitls.error.TlsException;

/** One context of a backend: makes the engines of its connections. Thread-safe. */
public interface EngineFactory {

    /**
     * A new engine, configured and ready for its first {@code wrap} or {@code unwrap}.
     *
     * @param spec a {@link EngineSpec.Client} or {@link EngineSpec.Server}, as the context's role demands
     * @throws TlsException when the backend cannot make one
     */
    TlsEngine engine(EngineSpec spec) throws TlsException;
}
