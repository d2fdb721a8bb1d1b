package io.omnitls.internal.x509;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The curves of OpenSSL 3.0, in its order: what {@code src/main/scripts/ec-curves.py} writes. */
final class CurveTable {
    static final List<Curve> ALL = read("curves.tsv");

    private static final int COLUMNS_WITH_DOMAIN = 10;

    private CurveTable() {}

    private static List<Curve> read(String resource) {
        try (InputStream in = CurveTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("the jar lacks " + resource);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            List<Curve> curves = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split("\t", -1);
                curves.add(new Curve(cells[0], cells[1], Integer.parseInt(cells[2]), domain(cells)));
            }
            return List.copyOf(curves);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + resource, e);
        }
    }

    private static Optional<CurveDomain> domain(String[] cells) {
        if (cells.length < COLUMNS_WITH_DOMAIN) {
            return Optional.empty();
        }
        BigInteger y = number(cells[7]);
        return Optional.of(new CurveDomain(
                number(cells[3]),
                number(cells[4]),
                number(cells[5]),
                new EcPoint(number(cells[6]), Optional.of(y), y.testBit(0)),
                number(cells[8]),
                Optional.of(number(cells[9]))));
    }

    private static BigInteger number(String hexadecimal) {
        return new BigInteger(hexadecimal, 16);
    }
}
