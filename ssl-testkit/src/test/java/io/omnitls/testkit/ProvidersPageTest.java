package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.TlsProviders;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import io.omnitls.spi.Limits;
import io.omnitls.spi.TlsProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** docs/providers.md says what the providers declare; {@code mvn verify -Dapi.write=true} writes it anew. */
class ProvidersPageTest {
    private static final Path PAGE = Path.of("..", "docs", "providers.md");

    private final List<TlsProvider> providers = TlsProviders.available().stream()
            .filter(provider -> provider.priority() > 0)
            .toList();

    @Test
    @EnabledForJreRange(min = JRE.JAVA_17, max = JRE.JAVA_17, disabledReason = "the page is about JDK 17")
    void thePageIsWhatTheProvidersDeclare() throws Exception {
        if (Boolean.getBoolean("api.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }
        assertEquals(page(), Files.readString(PAGE), "stale: run mvn verify -Dapi.write=true");
    }

    private String page() {
        return """
                # What the providers can do

                On JDK 17, BC-FIPS in general mode; `./tls doctor` says it of this very machine. What is missing here is refused
                with an `UnsupportedFeatureException` when a context is built. Written by `ProvidersPageTest`; do not edit.

                """
                + table("Feature", List.of(Feature.values()), Feature::phrase, Capabilities::features)
                + table("Version", List.of(TlsVersion.values()), TlsVersion::protocolName, Capabilities::versions)
                + table("Group", all(Capabilities::groups), NamedGroup::name, Capabilities::groups)
                + table("Key", all(Capabilities::keyAlgorithms), key -> key, Capabilities::keyAlgorithms)
                + table("Curve of an EC key", all(Capabilities::keyCurves), NamedGroup::name, Capabilities::keyCurves)
                + table(
                        "Session tickets in TLS 1.3",
                        all(Capabilities::sessionTickets),
                        String::valueOf,
                        Capabilities::sessionTickets)
                + table(
                        "Signature scheme",
                        all(Capabilities::signatureSchemes),
                        SignatureScheme::name,
                        Capabilities::signatureSchemes)
                + limits()
                + table("Cipher suite", all(Capabilities::cipherSuites), suite -> suite, Capabilities::cipherSuites);
    }

    private String limits() {
        return row("At the most", TlsProvider::name)
                + row("---", provider -> "---")
                + row(
                        "certificates of a server",
                        provider -> number(limitsOf(provider).serverCertificates()))
                + row(
                        "certificates of a client",
                        provider -> number(limitsOf(provider).clientCertificates()))
                + row(
                        "bytes of a message with them",
                        provider -> number(limitsOf(provider).certificateMessage()))
                + "\n";
    }

    private static Limits limitsOf(TlsProvider provider) {
        return provider.capabilities().limits();
    }

    private static String number(int limit) {
        return limit == Integer.MAX_VALUE ? "any" : String.valueOf(limit);
    }

    private <T> Set<T> all(Function<Capabilities, Collection<T>> list) {
        return providers.stream()
                .flatMap(provider -> list.apply(provider.capabilities()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private <T> String table(
            String title, Collection<T> rows, Function<T, String> name, Function<Capabilities, Collection<T>> list) {
        String head = row(title, TlsProvider::name) + row("---", provider -> "---");
        return head
                + rows.stream()
                        .map(row -> row(
                                name.apply(row),
                                provider -> list.apply(provider.capabilities()).contains(row) ? "yes" : ""))
                        .collect(Collectors.joining())
                + "\n";
    }

    private String row(String first, Function<TlsProvider, String> cell) {
        return "| " + first + " | " + providers.stream().map(cell).collect(Collectors.joining(" | ")) + " |\n";
    }
}
