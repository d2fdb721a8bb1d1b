package io.omnitls.cert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The objects that OpenSSL 3.0 has names for, as far as they have an identifier: the words in which certificates are
 * printed. Thread-safe.
 *
 * @see <a href="https://docs.openssl.org/3.0/man3/OBJ_nid2obj/">OBJ_txt2obj</a>
 */
public final class ObjectIdentifiers {
    // What src/main/scripts/object-identifiers.py writes.
    private static final List<ObjectIdentifier> ALL = read("objects.tsv");

    private static final Map<Integer, ObjectIdentifier> BY_NID = index(ObjectIdentifier::nid);
    private static final Map<String, ObjectIdentifier> BY_OID = index(ObjectIdentifier::oid);
    private static final Map<String, ObjectIdentifier> BY_SHORT_NAME = index(ObjectIdentifier::shortName);
    private static final Map<String, ObjectIdentifier> BY_LONG_NAME = index(ObjectIdentifier::longName);

    private ObjectIdentifiers() {}

    /** The object with this identifier, written with dots: {@code _ASN1Object(oid)}; empty when it has no name. */
    public static Optional<ObjectIdentifier> ofOid(String oid) {
        return Optional.ofNullable(BY_OID.get(Objects.requireNonNull(oid, "oid")));
    }

    /**
     * The object that this text means: a short name, else a long name, else an identifier with dots, each as OpenSSL
     * writes it, capitals included. {@code _ASN1Object.fromname}.
     */
    public static Optional<ObjectIdentifier> ofName(String text) {
        Objects.requireNonNull(text, "text");
        return Optional.ofNullable(BY_SHORT_NAME.get(text))
                .or(() -> Optional.ofNullable(BY_LONG_NAME.get(text)))
                .or(() -> ofOid(text));
    }

    /** The object with OpenSSL's number: {@code _ASN1Object.fromnid}. */
    public static Optional<ObjectIdentifier> ofNid(int nid) {
        return Optional.ofNullable(BY_NID.get(nid));
    }

    /** Two numbers stand for 1.3, and OpenSSL finds the smaller one. */
    private static <K> Map<K, ObjectIdentifier> index(Function<ObjectIdentifier, K> key) {
        return ALL.stream().collect(Collectors.toMap(key, Function.identity(), (earlier, later) -> earlier));
    }

    private static List<ObjectIdentifier> read(String resource) {
        try (InputStream in = ObjectIdentifiers.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("the jar lacks " + resource);
            }
            return List.copyOf(new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new ObjectIdentifier(Integer.parseInt(cells[0]), cells[1], cells[2], cells[3]))
                    .collect(Collectors.toList()));
        } catch (IOException e) {
            throw new AssertionError("cannot read " + resource, e);
        }
    }
}
