package io.omnitls;

import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.Feature;
import io.omnitls.spi.ProviderInfo;
import io.omnitls.spi.TlsProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The crypto backends of this process, found by {@link ServiceLoader}.
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
        return Discovered.PROVIDERS;
    }

    /** The providers that work in this process, by descending priority. */
    public static List<TlsProvider> available() {
        return all().stream().filter(TlsProviders::works).toList();
    }

    private static boolean works(TlsProvider provider) {
        return provider.availability() instanceof Availability.Available;
    }

    /**
     * The provider with this name.
     *
     * @throws IllegalArgumentException when none has it, or the one that has it does not work here; the message says
     *     which there are, or why not
     */
    public static TlsProvider named(String name) {
        TlsProvider found = all().stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no provider is named '" + name + "', found: " + names()
                        + "; is the provider's module or jar present?"));
        if (found.availability() instanceof Availability.Unavailable unavailable) {
            throw new IllegalArgumentException("provider '" + name + "' does not work here: " + unavailable.reason());
        }
        return found;
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
                .filter(TlsProviders::works)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no TLS provider works in this process, found: " + names()
                        + "; add a provider such as io.omnitls:ssl-jsse to the class path or module path"));
    }

    /** As {@link #preferred()}, but one that has {@code feature} is preferred to those that lack it. */
    static TlsProvider preferred(Feature feature) {
        return System.getProperty(PROPERTY) != null
                ? preferred()
                : all().stream()
                        .filter(provider ->
                                works(provider) && provider.capabilities().has(feature))
                        .findFirst()
                        .orElseGet(TlsProviders::preferred);
    }

    private static List<String> names() {
        return all().stream().map(TlsProvider::name).toList();
    }

    /** Initialised by the first question, so that a process that only loads the class pays nothing. */
    private static final class Discovered {
        static final List<TlsProvider> PROVIDERS = discover();

        private static List<TlsProvider> discover() {
            List<TlsProvider> found = new ArrayList<>();
            Iterator<TlsProvider> candidates = ServiceLoader.load(TlsProvider.class, TlsProvider.class.getClassLoader())
                    .iterator();
            // A broken jar must not take the working providers with it, so each candidate is caught by itself; the
            // iterator goes on behind an element that failed.
            boolean more = true;
            while (more) {
                try {
                    more = candidates.hasNext();
                    if (more) {
                        found.add(candidates.next());
                    }
                } catch (ServiceConfigurationError | LinkageError broken) {
                    found.add(new BrokenProvider(broken));
                }
            }
            found.sort(Comparator.comparingInt(TlsProvider::priority).reversed().thenComparing(TlsProvider::name));
            return List.copyOf(found);
        }
    }

    /** Stands in the list for a provider that could not even be constructed, so that the doctor can show it. */
    private record BrokenProvider(Throwable cause) implements TlsProvider {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Availability availability() {
            return new Availability.Unavailable("a provider could not be loaded: " + cause.getMessage());
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
}
