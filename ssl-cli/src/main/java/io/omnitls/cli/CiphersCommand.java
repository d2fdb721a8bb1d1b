package io.omnitls.cli;

import io.omnitls.CipherList;
import io.omnitls.ClientContext;
import io.omnitls.cert.TrustStore;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.spi.TlsProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tls ciphers}: what {@code openssl ciphers -v} is for. */
@Command(
        name = "ciphers",
        mixinStandardHelpOptions = true,
        description = {
            "Show what a cipher list in OpenSSL's language selects, best first, in the words of openssl ciphers -v.",
            "Of all suites of TLS 1.2 and older; with --provider, or without a list, those that a context has, TLS 1.3's",
            "among them, which no such list selects."
        })
final class CiphersCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "LIST",
            arity = "0..1",
            description = "For instance ECDHE+AESGCM:!aNULL:@STRENGTH (default: what a context has by default).")
    private @Nullable String list;

    @Mixin
    private final ProviderOption provider = new ProviderOption();

    @Option(names = "--names", description = "The names alone, in one line with colons.")
    private boolean names;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (names && json) {
            throw new IllegalArgumentException("--names and --json: one of them is printed");
        }
        Optional<TlsProvider> named = provider.named();
        List<CipherSuite> suites =
                list != null && named.isEmpty() ? CipherList.parse(list).suites() : ofContext(named);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            List<Object> described = new ArrayList<>();
            suites.forEach(suite -> described.add(describe(suite)));
            out.println(Json.write(Map.of("ciphers", described)));
        } else if (names) {
            out.println(suites.stream().map(CipherSuite::name).collect(Collectors.joining(":")));
        } else {
            suites.forEach(suite -> out.println(columns(suite)));
        }
        out.flush();
        return 0;
    }

    /** The description in OpenSSL's columns. */
    private static String columns(CipherSuite suite) {
        return String.format(
                "%-30s %-7s %-11s %-8s %-26s %s", (Object[]) suite.description().split(" ", -1));
    }

    private List<CipherSuite> ofContext(Optional<TlsProvider> named) throws IOException {
        // Whom it would trust does not matter here, and the system's certificates are many.
        ClientContext.Builder builder =
                ClientContext.builder().verifyLocations(TrustStore.builder().build());
        named.ifPresent(found -> builder.provider(found.name()));
        if (list != null) {
            builder.ciphers(list);
        }
        return builder.build().ciphers();
    }

    private static Map<String, Object> describe(CipherSuite suite) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", suite.name());
        facts.put("ianaName", suite.ianaName());
        facts.put("id", suite.id());
        facts.put("protocol", suite.protocol());
        facts.put("keyExchange", suite.kea());
        facts.put("authentication", suite.auth());
        facts.put("cipher", suite.symmetric());
        facts.put("digest", suite.digest());
        facts.put("strengthBits", suite.strengthBits());
        facts.put("aead", suite.aead());
        facts.put("forwardSecret", suite.forwardSecret());
        return facts;
    }
}
