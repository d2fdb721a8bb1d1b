package io.omnitls.internal.x509;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A curve over a prime field that has a name, whether a backend knows it or not.
 *
 * @param name that of SEC 2 or RFC 5639, which the JCA uses too
 * @param oid its object identifier
 */
public record EcCurve(
        String name,
        String oid,
        BigInteger prime,
        BigInteger a,
        BigInteger b,
        BigInteger x,
        BigInteger y,
        BigInteger order,
        BigInteger cofactor) {

    private static final String PRIME_FIELD = "1.2.840.10045.1.1";

    /** The curve that has this object identifier. */
    static Optional<EcCurve> named(String oid) {
        return Table.ALL.stream().filter(curve -> curve.oid.equals(oid)).findFirst();
    }

    /** The curve with these parameters. */
    public static Optional<EcCurve> of(ECParameterSpec parameters) {
        if (!(parameters.getCurve().getField() instanceof ECFieldFp field)) {
            return Optional.empty();
        }
        return Table.ALL.stream()
                .filter(curve -> curve.prime.equals(field.getP())
                        && curve.a.equals(parameters.getCurve().getA())
                        && curve.b.equals(parameters.getCurve().getB())
                        && curve.x.equals(parameters.getGenerator().getAffineX())
                        && curve.order.equals(parameters.getOrder()))
                .findFirst();
    }

    /**
     * The curve that explicit parameters describe, found as OpenSSL's {@code ossl_ec_curve_nid_from_params} does; empty when
     * nobody has given it a name.
     *
     * <pre>
     * SpecifiedECDomain ::= SEQUENCE {                       -- SEC 1, C.2
     *     version  INTEGER,
     *     fieldID  SEQUENCE { fieldType OBJECT IDENTIFIER, prime INTEGER },
     *     curve    SEQUENCE { a OCTET STRING, b OCTET STRING, seed BIT STRING OPTIONAL },
     *     base     OCTET STRING,
     *     order    INTEGER,
     *     cofactor INTEGER OPTIONAL, ... }
     * </pre>
     */
    static Optional<EcCurve> described(DerReader parameters) throws DerException {
        parameters.integer();
        DerReader field = parameters.enter(DerReader.SEQUENCE);
        if (!field.oid().equals(PRIME_FIELD)) {
            return Optional.empty();
        }
        BigInteger prime = field.integer();
        DerReader coefficients = parameters.enter(DerReader.SEQUENCE);
        BigInteger a = new BigInteger(1, coefficients.content(DerReader.OCTET_STRING));
        BigInteger b = new BigInteger(1, coefficients.content(DerReader.OCTET_STRING));
        byte[] base = parameters.content(DerReader.OCTET_STRING);
        BigInteger order = parameters.integer();
        // OpenSSL computes a cofactor that is missing.
        Optional<BigInteger> cofactor =
                parameters.peek() == DerReader.INTEGER ? Optional.of(parameters.integer()) : Optional.empty();
        return Table.ALL.stream()
                .filter(curve -> curve.prime.equals(prime)
                        && curve.a.equals(a)
                        && curve.b.equals(b)
                        && curve.order.equals(order)
                        && cofactor.map(curve.cofactor::equals).orElse(true)
                        && EcPoint.of(base).map(curve.generator()::same).orElse(false))
                .findFirst();
    }

    private EcPoint generator() {
        return new EcPoint(x, Optional.of(y), y.testBit(0));
    }

    /** Read when the first EC key is loaded. */
    private static final class Table {
        static final List<EcCurve> ALL = read("curves.tsv");

        private static List<EcCurve> read(String resource) {
            try (InputStream in = EcCurve.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new AssertionError("the jar lacks " + resource);
                }
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
                List<EcCurve> curves = new ArrayList<>();
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    curves.add(row(line.split("\t", -1)));
                }
                return List.copyOf(curves);
            } catch (IOException e) {
                throw new AssertionError("cannot read " + resource, e);
            }
        }

        private static EcCurve row(String[] cells) {
            BigInteger[] numbers = new BigInteger[7];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = new BigInteger(cells[i + 2], 16);
            }
            return new EcCurve(
                    cells[0],
                    cells[1],
                    numbers[0],
                    numbers[1],
                    numbers[2],
                    numbers[3],
                    numbers[4],
                    numbers[5],
                    numbers[6]);
        }
    }
}
