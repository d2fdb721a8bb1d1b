package io.omnitls.internal.settings;

import io.omnitls.spi.TlsProvider;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which backend does the cryptography.
 *
 * @param chosen finds the one that was chosen, when the context is built
 * @param requireFips whether it has to work in the approved mode of a validated module
 */
public record BackendSettings(Optional<Supplier<TlsProvider>> chosen, boolean requireFips) {
    /** The preferred provider, in approved mode or not. */
    public static final BackendSettings DEFAULT = new BackendSettings(Optional.empty(), false);

    /** The same with this provider, which is asked for when the context is built. */
    public BackendSettings with(Supplier<TlsProvider> choice) {
        return new BackendSettings(Optional.of(choice), requireFips);
    }

    /** The same, and a provider in approved mode is required. */
    public BackendSettings withFips() {
        return new BackendSettings(chosen, true);
    }
}
