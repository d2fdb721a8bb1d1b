package io.omnitls.internal.discovery;

import io.omnitls.spi.Availability;
import io.omnitls.spi.TlsProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The providers that the class loader of this library sees, and those that the thread's context class loader sees besides, by
 * descending priority and then by name.
 */
public final class FoundProviders {
    private FoundProviders() {}

    /** All of them, whether they work or not. */
    public static List<TlsProvider> all() {
        List<TlsProvider> others = ContextProviders.beside(Discovered.PROVIDERS);
        if (others.isEmpty()) {
            return Discovered.PROVIDERS;
        }
        List<TlsProvider> all = new ArrayList<>(Discovered.PROVIDERS);
        all.addAll(others);
        all.sort(ORDER);
        return List.copyOf(all);
    }

    /** Those that work in this process. */
    public static List<TlsProvider> available() {
        return List.copyOf(all().stream().filter(FoundProviders::works).collect(Collectors.toList()));
    }

    public static boolean works(TlsProvider provider) {
        return provider.availability() instanceof Availability.Available;
    }

    /** Initialised by the first question, so that a process that only loads the class pays nothing. */
    private static final class Discovered {
        static final List<TlsProvider> PROVIDERS = discover();

        private static List<TlsProvider> discover() {
            List<TlsProvider> found = load(TlsProvider.class.getClassLoader(), Set.of());
            found.sort(ORDER);
            return List.copyOf(found);
        }
    }

    /** By descending priority and then by name; what was found first stays first where both are the same. */
    private static final Comparator<TlsProvider> ORDER =
            Comparator.comparingInt(TlsProvider::priority).reversed().thenComparing(TlsProvider::name);

    /** The providers that {@code loader} sees, but for those of these classes, which are there already. */
    static List<TlsProvider> load(@Nullable ClassLoader loader, Set<Class<?>> known) {
        List<TlsProvider> found = new ArrayList<>();
        Iterator<TlsProvider> candidates =
                ServiceLoader.load(TlsProvider.class, loader).iterator();
        // A broken jar must not take the working providers with it, so each candidate is caught by itself; the
        // iterator goes on behind an element that failed.
        boolean more = true;
        while (more) {
            try {
                more = candidates.hasNext();
                if (more) {
                    TlsProvider candidate = candidates.next();
                    if (!known.contains(candidate.getClass())) {
                        found.add(candidate);
                    }
                }
            } catch (ServiceConfigurationError | LinkageError broken) {
                found.add(new BrokenProvider(broken));
            }
        }
        return found;
    }
}
