package io.omnitls.internal.cipher;

import io.omnitls.protocol.CipherSuite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every cipher suite that OpenSSL 3.0 knows, and the aliases of its cipher-list language: the content of
 * {@code suites.tsv} and {@code aliases.tsv}, which {@code src/main/scripts/cipher-tables.py} writes.
 */
public final class CipherTable {
    private static final List<CipherSuite> SUITES = List.copyOf(loadSuites());
    private static final Map<Integer, CipherSuite> BY_ID = new HashMap<>();
    private static final Map<String, CipherSuite> BY_NAME = new HashMap<>();
    private static final Map<String, CipherSuite> BY_IANA = new HashMap<>();
    private static final Map<String, Set<CipherSuite>> ALIASES;

    static {
        for (CipherSuite suite : SUITES) {
            BY_ID.put(suite.id(), suite);
            BY_NAME.put(suite.name(), suite);
            BY_IANA.put(suite.ianaName(), suite);
        }
        ALIASES = loadAliases();
    }

    private CipherTable() {}

    /** All suites, in the order that OpenSSL's cipher-list language starts from; those of TLS 1.3 first. */
    public static List<CipherSuite> all() {
        return SUITES;
    }

    /** The suite with this number of the IANA registry. */
    public static Optional<CipherSuite> byId(int id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** The suite with this name of the IANA registry, which is also JSSE's. */
    public static Optional<CipherSuite> byIana(String name) {
        return Optional.ofNullable(BY_IANA.get(name));
    }

    /** The suites that a word of the cipher-list language stands for: an alias, or a suite's name. */
    static Set<CipherSuite> named(String word) {
        Set<CipherSuite> alias = ALIASES.get(word);
        if (alias != null) {
            return alias;
        }
        CipherSuite suite = BY_NAME.getOrDefault(word, BY_IANA.get(word));
        // As in OpenSSL, the suites of TLS 1.3 are not for a cipher list to choose.
        return suite == null || suite.tls13() ? Set.of() : Set.of(suite);
    }

    private static List<CipherSuite> loadSuites() {
        List<CipherSuite> suites = new ArrayList<>();
        for (String[] row : rows("suites.tsv")) {
            suites.add(CipherSuite.builder(Integer.parseInt(row[0], 16), row[1], row[2])
                    .protocol(row[3])
                    .kea(row[4])
                    .auth(row[5])
                    .symmetric(row[6])
                    .digest(row[7])
                    .aead(Boolean.parseBoolean(row[8]))
                    .strengthBits(Integer.parseInt(row[9]))
                    .algorithmBits(Integer.parseInt(row[10]))
                    .description(row[11])
                    .build());
        }
        return suites;
    }

    private static Map<String, Set<CipherSuite>> loadAliases() {
        Map<String, Set<CipherSuite>> aliases = new HashMap<>();
        for (String[] row : rows("aliases.tsv")) {
            Set<CipherSuite> members = new HashSet<>();
            for (String id : row[1].split(" ", -1)) {
                members.add(BY_ID.get(Integer.parseInt(id, 16)));
            }
            aliases.put(row[0], Set.copyOf(members));
        }
        return aliases;
    }

    private static List<String[]> rows(String resource) {
        List<String[]> rows = new ArrayList<>();
        try (InputStream in = CipherTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("the jar lacks " + resource);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(line.split("\t", -1));
            }
        } catch (IOException e) {
            throw new AssertionError("cannot read " + resource, e);
        }
        return rows;
    }
}
