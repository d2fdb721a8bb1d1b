package io.omnitls.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was found, in the order in which it was, and by which providers. Thread-safe. */
final class Sightings<T> {
    private final Map<T, Set<String>> found = new LinkedHashMap<>();

    synchronized void add(T what, String provider) {
        found.computeIfAbsent(what, any -> new TreeSet<>()).add(provider);
    }

    synchronized List<T> all() {
        return List.copyOf(found.keySet());
    }

    synchronized boolean has(T what) {
        return found.containsKey(what);
    }

    /** Who found it, by name. */
    synchronized List<String> by(T what) {
        return List.copyOf(found.getOrDefault(what, Set.of()));
    }
}
