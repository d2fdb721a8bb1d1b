package io.omnitls.spi;

import io.omnitls.error.TlsException;
import java.security.PrivateKey;
import java.util.List;

/** One context of a backend: makes the engines of its connections. Thread-safe. */
public interface EngineFactory {

    /**
     * A new engine, configured and ready for its first {@code wrap} or {@code unwrap}.
     *
     * @param spec a {@link EngineSpec.Client} or {@link EngineSpec.Server}, as the context's role demands
     * @throws TlsException when the backend cannot make one
     */
    TlsEngine engine(EngineSpec spec) throws TlsException;

    /** How many sessions this context keeps now, as far as the backend tells. */
    default int cachedSessions() {
        return 0;
    }

    /**
     * Whether this context works in the approved mode of a validated module, and all of {@code identityKeys} are held by
     * that module. What a connection really negotiated is {@link TlsEngine#fipsApproved}'s to judge.
     */
    default boolean fipsApproved(List<PrivateKey> identityKeys) {
        return false;
    }
}
