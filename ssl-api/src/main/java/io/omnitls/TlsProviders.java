package io.omnitls;

import io.omnitls.internal.discovery.FoundProviders;
import io.omnitls.spi.Availability;
import io.omnitls.spi.Feature;
import io.omnitls.spi.TlsProvider;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The crypto backends of this process, found by {@link ServiceLoader}: those that the class loader of this library sees,
 * and those that the thread's context class loader sees besides. So an application can bring its providers along while the
 * library stands in a loader above it.
 *
 * <p>Which one a context uses: the one named on its builder, else the one that the system property
 * {@value #PROPERTY} names, else the available one with the highest priority. A named provider that is missing or
 * does not work is an error, never a reason to take another.
 */
public final class TlsProviders {
    /** The system property that names the provider of every context whose builder names none. */
    public static final String PROPERTY = "io.omnitls.provider";

    private TlsProviders() {}

    /** Every provider that was found, available or not, by descending priority and then by name. */
    public static List<TlsProvider> all() {
        return FoundProviders.all();
    }

    /** The providers that work in this process, by descending priority. */
    public static List<TlsProvider> available() {
        return FoundProviders.available();
    }

    /**
     * The provider with this name.
     *
     * @throws IllegalArgumentException when none has it, or the one that has it does not work here; the message says
     *     which there are, or why not
     */
    public static TlsProvider named(String name) {
        Objects.requireNonNull(name, "name");
        TlsProvider found = all().stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no provider is named '" + name + "', found: " + names()
                        + "; is the provider's module or jar present?"));
        return requireWorking(found);
    }

    /** The same provider, if it works in this process. */
    static TlsProvider requireWorking(TlsProvider provider) {
        if (provider.availability() instanceof Availability.Unavailable unavailable) {
            throw new IllegalArgumentException(
                    "provider '" + provider.name() + "' does not work here: " + unavailable.reason());
        }
        return provider;
    }

    /**
     * The provider of a context whose builder names none: see the class.
     *
     * @throws IllegalArgumentException when the system property names a provider that is missing or does not work
     * @throws IllegalStateException when no provider works
     */
    public static TlsProvider preferred() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return named(named);
        }
        // One after the other: to ask a provider starts its backend, and those behind the first that works stay asleep.
        return all().stream()
                .filter(FoundProviders::works)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no TLS provider works in this process, found: " + names()
                        + "; add a provider such as io.omnitls:ssl-jsse to the class path or module path"));
    }

    /** As {@link #preferred()}, but one that has {@code feature} is preferred to those that lack it. */
    static TlsProvider preferred(Feature feature) {
        return System.getProperty(PROPERTY) != null
                ? preferred()
                : all().stream()
                        .filter(provider -> FoundProviders.works(provider)
                                && provider.capabilities().has(feature))
                        .findFirst()
                        .orElseGet(TlsProviders::preferred);
    }

    private static List<String> names() {
        return all().stream().map(TlsProvider::name).collect(Collectors.toList());
    }
}
