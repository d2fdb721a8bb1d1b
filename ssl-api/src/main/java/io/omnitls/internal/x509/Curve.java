package io.omnitls.internal.x509;

import java.security.spec.ECParameterSpec;
import java.util.Optional;

/**
 * A named curve, whether a backend knows it or not.
 *
 * @param oid its object identifier
 * @param name that of SEC 2 or RFC 5639, which the registry of groups and the JCA use too, else OpenSSL's
 * @param orderBits the size of its order
 * @param domain its parameters, where it is over a prime field
 */
public record Curve(String oid, String name, int orderBits, Optional<CurveDomain> domain) {

    /** The curve with this object identifier, if OpenSSL knows it. */
    static Optional<Curve> of(String oid) {
        return CurveTable.ALL.stream().filter(curve -> curve.oid.equals(oid)).findFirst();
    }

    /** The curve with this name. */
    public static Optional<Curve> named(String name) {
        return CurveTable.ALL.stream().filter(curve -> curve.name.equals(name)).findFirst();
    }

    /**
     * Whether {@code written} is a point of this curve in the uncompressed form (SEC 1 section 2.3.3), which infinity has not.
     */
    public boolean hasUncompressed(byte[] written) {
        return domain.filter(curve -> curve.hasUncompressed(written)).isPresent();
    }

    /** The curve with these parameters. */
    public static Optional<Curve> of(ECParameterSpec parameters) {
        return CurveDomain.of(parameters).flatMap(Curve::of);
    }

    /** The curve that explicit parameters describe; empty when nobody has given it a name. */
    static Optional<Curve> described(DerReader parameters) throws DerException {
        return CurveDomain.read(parameters).flatMap(Curve::of);
    }

    private static Optional<Curve> of(CurveDomain wanted) {
        return CurveTable.ALL.stream()
                .filter(curve -> curve.domain.filter(wanted::same).isPresent())
                .findFirst();
    }
}
