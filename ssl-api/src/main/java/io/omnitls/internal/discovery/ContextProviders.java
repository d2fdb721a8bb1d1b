package io.omnitls.internal.discovery;

import io.omnitls.spi.TlsProvider;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

/**
 * The providers of the thread's context class loader. Remembered for as long as somebody else keeps them, a context for
 * instance: a provider holds its class loader, and an application that goes away must not stay because of this list.
 */
final class ContextProviders {
    private static final Map<ClassLoader, WeakReference<List<TlsProvider>>> FOUND = new WeakHashMap<>();

    private ContextProviders() {}

    /** The providers that the thread's context class loader sees and that are not of the classes of {@code known}. */
    static List<TlsProvider> beside(List<TlsProvider> known) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader == null || seesNoMore(loader)) {
            return List.of();
        }
        synchronized (FOUND) {
            WeakReference<List<TlsProvider>> remembered = FOUND.get(loader);
            List<TlsProvider> found = remembered == null ? null : remembered.get();
            if (found == null) {
                Set<Class<?>> classes =
                        known.stream().<Class<?>>map(TlsProvider::getClass).collect(Collectors.toSet());
                found = List.copyOf(FoundProviders.load(loader, classes));
                FOUND.put(loader, new WeakReference<>(found));
            }
            return found;
        }
    }

    /** Whether the library's own class loader is this one or stands below it. */
    private static boolean seesNoMore(ClassLoader loader) {
        for (ClassLoader own = TlsProvider.class.getClassLoader(); own != null; own = own.getParent()) {
            if (own == loader) {
                return true;
            }
        }
        return false;
    }
}
