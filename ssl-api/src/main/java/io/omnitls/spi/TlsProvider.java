package io.omnitls.spi;

import io.omnitls.error.TlsException;
import java.util.Objects;
import java.util.Optional;

/**
 * A crypto backend. Found by {@link java.util.ServiceLoader}; thread-safe, and cheap to construct: nothing is loaded
 * before {@link #availability()} is asked.
 */
public interface TlsProvider {

    /** The name an application chooses it by, in lower case, for instance {@code jsse}. */
    String name();

    /**
     * Whether the backend works in this process. Probed on the first call and remembered; never throws. No other
     * method but {@link #name()} and {@link #priority()} may be called while it is not available.
     */
    Availability availability();

    /** Which library, in which version, does the work. */
    ProviderInfo info();

    /** What the backend can really do in this process, now. */
    Capabilities capabilities();

    /**
     * How a process has to be started for the backend to have a feature that it lacks in this one: "in a process that is
     * started with -Dname=value", for instance. Whoever is refused the feature is told. Empty where nothing helps.
     */
    default Optional<String> condition(Feature missing) {
        Objects.requireNonNull(missing, "missing");
        return Optional.empty();
    }

    /** The available provider with the highest number is chosen when the application names none. */
    int priority();

    /** The backend's own cryptography, for keys, certificates and random numbers. */
    CryptoServices crypto();

    /**
     * Makes the backend's context. Called once for each context; everything in {@code spec} is within
     * {@link #capabilities()}.
     *
     * @throws TlsException when the backend refuses the key, the certificates or the combination
     */
    EngineFactory open(ContextSpec spec) throws TlsException;
}
