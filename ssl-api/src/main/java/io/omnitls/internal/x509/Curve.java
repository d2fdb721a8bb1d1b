package io.omnitls.internal.x509;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A named curve.
 *
 * @param name that of the registry of groups where it has one, else OpenSSL's
 * @param orderBits the size of its order
 */
public record Curve(String name, int orderBits) {
    private static final Map<String, Curve> BY_OID = load();

    /** The curve with this object identifier, if OpenSSL knows it. */
    public static Optional<Curve> of(String oid) {
        return Optional.ofNullable(BY_OID.get(oid));
    }

    private static Map<String, Curve> load() {
        Map<String, Curve> curves = new HashMap<>();
        try (InputStream in = Curve.class.getResourceAsStream("curves.txt")) {
            if (in == null) {
                throw new AssertionError("the jar lacks curves.txt");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    String[] row = line.split(" ", -1);
                    curves.put(row[0], new Curve(row[1], Integer.parseInt(row[2])));
                }
            }
        } catch (IOException e) {
            throw new AssertionError("cannot read curves.txt", e);
        }
        return Map.copyOf(curves);
    }
}
