package io.omnitls.cli;

import io.omnitls.TlsProviders;
import io.omnitls.spi.Availability;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.TlsProvider;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the crypto backend. Backends that are not needed are not started. */
final class ProviderOption {
    @Option(names = "--provider", paramLabel = "P", description = "The crypto backend; see tls doctor.")
    private @Nullable String provider;

    /**
     * The backend that was named; empty for the one that the library chooses.
     *
     * @throws IllegalArgumentException when there is none of this name
     * @throws IOException when it does not work here
     */
    Optional<TlsProvider> named() throws IOException {
        Optional<TlsProvider> found = namedInAnyState();
        if (found.isPresent() && found.get().availability() instanceof Availability.Unavailable unavailable) {
            throw new IOException("provider '" + provider + "' does not work here: " + unavailable.reason());
        }
        return found;
    }

    /** The same, whether or not it works. */
    Optional<TlsProvider> namedInAnyState() {
        if (provider == null) {
            return Optional.empty();
        }
        List<TlsProvider> all = TlsProviders.all();
        for (TlsProvider candidate : all) {
            if (candidate.name().equals(provider)) {
                return Optional.of(candidate);
            }
        }
        throw new IllegalArgumentException("no provider is named '" + provider + "', there are "
                + String.join(", ", all.stream().map(TlsProvider::name).toList()));
    }

    /** What reads certificates: the named backend, or the first one that works. */
    CryptoServices crypto() throws IOException {
        Optional<TlsProvider> named = named();
        if (named.isPresent()) {
            return named.get().crypto();
        }
        for (TlsProvider candidate : TlsProviders.all()) {
            if (candidate.availability() instanceof Availability.Available) {
                return candidate.crypto();
            }
        }
        throw new IOException("no provider works here; see tls doctor");
    }
}
