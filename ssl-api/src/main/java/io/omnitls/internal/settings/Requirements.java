package io.omnitls.internal.settings;

import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.internal.discovery.FoundProviders;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import io.omnitls.spi.TlsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds wishes against what a provider can do: the one place where one is refused for the provider's sake. */
public record Requirements(TlsProvider provider) {

    /** What the provider can do. */
    Capabilities capabilities() {
        return provider.capabilities();
    }

    /**
     * Refuses the wish unless the provider passes.
     *
     * @param what what is asked for, as a noun phrase
     */
    public void require(String what, Predicate<Capabilities> test) {
        require(what, test, other -> Optional.empty());
    }

    /** Refuses what needs {@code feature} where the provider does not have it, and says how a process could have it. */
    public void require(Feature feature) {
        require(feature.phrase(), capabilities -> capabilities.has(feature), other -> other.condition(feature));
    }

    /** The same, where {@code condition} says how a provider that does not pass would, if it can. */
    void require(String what, Predicate<Capabilities> test, Function<TlsProvider, Optional<String>> condition) {
        if (!test.test(capabilities())) {
            List<TlsProvider> available = FoundProviders.available();
            List<String> alternatives = available.stream()
                    .filter(other -> test.test(other.capabilities()))
                    .map(TlsProvider::name)
                    .collect(Collectors.toList());
            List<String> conditions = available.stream()
                    .flatMap(other -> condition
                            .apply(other)
                            .map(when -> Stream.of("'" + other.name() + "' does " + when))
                            .orElseGet(Stream::empty))
                    .collect(Collectors.toList());
            throw new UnsupportedFeatureException(provider.name(), what, alternatives, conditions);
        }
    }

    /** Requires one feature of the older of {@code versions}, and another of TLS 1.3. */
    void require(List<TlsVersion> versions, Feature untilTls12, Feature tls13) {
        if (versions.stream().anyMatch(version -> version != TlsVersion.TLS_1_3)) {
            require(untilTls12);
        }
        if (versions.contains(TlsVersion.TLS_1_3)) {
            require(tls13);
        }
    }

    /**
     * Requires that the backend has each of {@code wanted}, and that it can be told their order where that is not its own.
     *
     * @param kind what they are, with an article
     * @param own those that it has, in its order
     */
    <T> void requireInOrder(String kind, List<T> wanted, Function<Capabilities, List<T>> own, Feature order) {
        for (T one : wanted) {
            require(kind + " " + one, capabilities -> own.apply(capabilities).contains(one));
        }
        List<T> inItsOrder = new ArrayList<>(own.apply(capabilities()));
        inItsOrder.retainAll(wanted);
        if (!inItsOrder.equals(wanted)) {
            require(order);
        }
    }

    /** What is said to whoever asks for authentication after the handshake. */
    public UnsupportedFeatureException noPostHandshakeAuth() {
        return new UnsupportedFeatureException(
                provider.name(), "post-handshake authentication (RFC 8446 section 4.6.2)", List.of());
    }
}
