package io.omnitls.internal.cipher;

import io.omnitls.protocol.CipherSuite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The list that the rules of a cipher string work on: all suites in one order, of which some are enabled. The four
 * operations are those of OpenSSL's {@code ssl_cipher_apply_rule}.
 */
final class CipherOrder {
    private final List<CipherSuite> order;
    private final Set<CipherSuite> enabled = new LinkedHashSet<>();

    CipherOrder(List<CipherSuite> start) {
        this.order = new ArrayList<>(start);
    }

    /** Enables what is not, and puts it at the end. */
    void add(Set<CipherSuite> suites) {
        enabled.addAll(toEnd(suite -> suites.contains(suite) && !enabled.contains(suite)));
    }

    /** Puts what is enabled at the end. */
    void moveToEnd(Set<CipherSuite> suites) {
        toEnd(suite -> suites.contains(suite) && enabled.contains(suite));
    }

    /** Disables; what was disabled last comes first when it is enabled again. */
    void remove(Set<CipherSuite> suites) {
        List<CipherSuite> removed = new ArrayList<>(order);
        removed.removeIf(suite -> !suites.contains(suite) || !enabled.contains(suite));
        order.removeAll(removed);
        order.addAll(0, removed);
        enabled.removeAll(removed);
    }

    /** Takes out for good, enabled or not. */
    void kill(Set<CipherSuite> suites) {
        order.removeAll(suites);
        enabled.removeAll(suites);
    }

    /** Sorts what is enabled by strength, strongest first; equals stay in their order. */
    void sortByStrength() {
        Set<Integer> strengths = new TreeSet<>();
        enabled.forEach(suite -> strengths.add(-suite.strengthBits()));
        for (int strength : strengths) {
            toEnd(suite -> enabled.contains(suite) && suite.strengthBits() == -strength);
        }
    }

    /** What is enabled, in order. */
    List<CipherSuite> selected() {
        List<CipherSuite> selected = new ArrayList<>(order);
        selected.retainAll(enabled);
        return selected;
    }

    private List<CipherSuite> toEnd(Predicate<CipherSuite> which) {
        List<CipherSuite> moved = new ArrayList<>(order);
        moved.removeIf(which.negate());
        order.removeAll(moved);
        order.addAll(moved);
        return moved;
    }
}
