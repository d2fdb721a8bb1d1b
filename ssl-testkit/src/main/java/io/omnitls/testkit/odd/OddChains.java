package io.omnitls.testkit.odd;

import static io.omnitls.testkit.odd.OddAuthority.BASIC_CONSTRAINTS;
import static io.omnitls.testkit.odd.OddAuthority.CA;
import static io.omnitls.testkit.odd.OddAuthority.CERTIFICATE_SIGN;
import static io.omnitls.testkit.odd.OddAuthority.KEY_USAGE;

import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One chain at least of every kind that parsers disagree about. */
public final class OddChains {
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String DISTRIBUTION_POINTS = "2.5.29.31";
    private static final String NETSCAPE_TYPE = "2.16.840.1.113730.1.1";
    private static final byte[] IDENTIFIER = Der.element(Der.OCTET_STRING, new byte[] {1, 2, 3, 4});
    private static final byte[] GARBAGE = {(byte) 0xde, (byte) 0xad, (byte) 0xbe, (byte) 0xef};
    private static final String EC = "1.2.840.10045.2.1";

    private OddChains() {}

    /** The chains, all under {@code authority}, the good neighbours first. */
    public static List<OddChain> of(OddAuthority authority) {
        List<OddChain> chains = new ArrayList<>();
        chains.add(authority.leaf("nothing", OddAuthority.ecKey(), draft -> draft));
        chains.add(authority.intermediate("nothing, and an intermediate", OddChains::ca));
        chains.addAll(keys(authority));
        chains.addAll(wellFormed(authority));
        Stream.of(
                        malformedExtensions(authority),
                        malformedFields(authority),
                        badKeys(authority),
                        noCertificates(authority))
                .flatMap(List::stream)
                .map(OddChain::asMalformed)
                .forEach(chains::add);
        return List.copyOf(chains);
    }

    private static Draft ca(Draft draft) {
        return draft.criticalExtension(BASIC_CONSTRAINTS, CA).criticalExtension(KEY_USAGE, CERTIFICATE_SIGN);
    }

    private static List<OddChain> wellFormed(OddAuthority authority) {
        return List.of(
                leaf(authority, "expired", draft -> draft.notAfter(Der.utcTime(Instant.EPOCH))),
                leaf(
                        authority,
                        "a critical extension that nobody knows",
                        draft -> draft.criticalExtension("1.3.6.1.4.1.32473.1", IDENTIFIER)),
                leaf(
                        authority,
                        "nsCertType of a client",
                        draft -> draft.extension(NETSCAPE_TYPE, new byte[] {Der.BIT_STRING, 2, 7, (byte) 0x80})),
                leaf(
                        authority,
                        "nsSGC as the only extendedKeyUsage",
                        draft -> draft.extension(EXTENDED_KEY_USAGE, Der.sequence(Der.oid("2.16.840.1.113730.4.1")))),
                leaf(authority, "a negative serial number", draft -> draft.serial((byte) -5)));
    }

    private static List<OddChain> malformedExtensions(OddAuthority authority) {
        List<OddChain> chains = new ArrayList<>();
        for (String oid : List.of(
                KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, SUBJECT_KEY_IDENTIFIER, DISTRIBUTION_POINTS)) {
            chains.add(leaf(authority, "garbage as " + oid, draft -> draft.extension(oid, GARBAGE)));
        }
        chains.add(leaf(
                authority,
                "bytes behind the subjectKeyIdentifier",
                draft -> draft.extension(SUBJECT_KEY_IDENTIFIER, Der.join(IDENTIFIER, GARBAGE))));
        chains.add(leaf(authority, "the same extension twice", OddChains::twice));
        chains.add(authority.intermediate("an intermediate's extension twice", draft -> twice(ca(draft))));
        chains.add(authority.intermediate(
                "garbage as keyUsage of an intermediate",
                draft -> draft.criticalExtension(BASIC_CONSTRAINTS, CA).extension(KEY_USAGE, GARBAGE)));
        chains.add(authority.intermediate(
                "bytes behind an intermediate's keyUsage",
                draft -> draft.criticalExtension(BASIC_CONSTRAINTS, CA)
                        .extension(KEY_USAGE, Der.join(CERTIFICATE_SIGN, GARBAGE))));
        chains.add(authority.intermediate(
                "garbage as an intermediate's extendedKeyUsage",
                draft -> ca(draft).extension(EXTENDED_KEY_USAGE, GARBAGE)));
        chains.add(authority.intermediate(
                "a path length of -1",
                draft -> draft.criticalExtension(
                                BASIC_CONSTRAINTS,
                                Der.sequence(new byte[] {Der.BOOLEAN, 1, (byte) 0xff}, Der.integer(-1)))
                        .criticalExtension(KEY_USAGE, CERTIFICATE_SIGN)));
        return chains;
    }

    private static Draft twice(Draft draft) {
        return draft.extension(SUBJECT_KEY_IDENTIFIER, IDENTIFIER).extension(SUBJECT_KEY_IDENTIFIER, IDENTIFIER);
    }

    private static List<OddChain> malformedFields(OddAuthority authority) {
        return List.of(
                leaf(
                        authority,
                        "a UTCTime without seconds",
                        draft -> draft.notBefore(Der.text(Der.UTC_TIME, "2001010000Z"))),
                leaf(
                        authority,
                        "a GeneralizedTime with a fraction",
                        draft -> draft.notBefore(Der.text(Der.GENERALIZED_TIME, "20200101000000.5Z"))),
                leaf(
                        authority,
                        "letters as notAfter",
                        draft -> draft.notAfter(Der.text(Der.UTC_TIME, "never ever ??"))),
                leaf(
                        authority,
                        "another algorithm outside",
                        draft -> draft.outerAlgorithm(Der.sequence(Der.oid("1.2.840.10045.4.3.3")))),
                leaf(
                        authority,
                        "a serial number with a needless zero",
                        draft -> draft.serial((byte) 0, (byte) 0, (byte) 1)),
                leaf(authority, "version 1 with extensions", Draft::version1));
    }

    private static List<OddChain> keys(OddAuthority authority) {
        return List.of(
                authority.leaf("an Ed448 key", OddAuthority.key("Ed448", NamedParameterSpec.ED448), d -> d),
                authority.leaf("an Ed25519 key", OddAuthority.key("Ed25519", NamedParameterSpec.ED25519), d -> d),
                authority.leaf("an RSASSA-PSS key", rsa("RSASSA-PSS"), d -> d));
    }

    private static List<OddChain> badKeys(OddAuthority authority) {
        KeyPair ec = OddAuthority.ecKey();
        byte[] point = point(ec);
        List<OddChain> chains = new ArrayList<>(List.of(
                authority.leaf(
                        "a key of an unknown algorithm", ec, key("1.3.6.1.4.1.32473.2", new byte[0], point), d -> d),
                authority.leaf("a key on an unknown curve", ec, key(EC, Der.oid("1.3.6.1.4.1.32473.3"), point), d -> d),
                authority.leaf("a key that is no key", ec, Der.sequence(GARBAGE), d -> d),
                authority.leaf("a key with explicit EC parameters", ec, key(EC, explicit(ec), point), d -> d),
                authority.leaf(
                        "a point that is on no curve",
                        ec,
                        key(EC, Der.oid("1.2.840.10045.3.1.7"), new byte[65]),
                        d -> d)));
        for (Curve curve : Curve.values()) {
            chains.add(authority
                    .leaf("a key on " + curve.opensslName, ec, curve.publicKey(), d -> d)
                    .withoutProof());
        }
        return chains;
    }

    /** An RSA key whose certificate is for keyEncipherment alone. */
    public static OddChain keyEncipherment(OddAuthority authority) {
        return authority.leaf(
                "an RSA key for keyEncipherment",
                rsa("RSA"),
                draft -> draft.criticalExtension(KEY_USAGE, new byte[] {Der.BIT_STRING, 2, 5, 0x20}));
    }

    /** An EC key whose certificate is for keyAgreement alone. */
    public static OddChain keyAgreement(OddAuthority authority) {
        return leaf(
                authority,
                "an EC key for keyAgreement",
                draft -> draft.criticalExtension(KEY_USAGE, new byte[] {Der.BIT_STRING, 2, 3, 0x08}));
    }

    private static KeyPair rsa(String algorithm) {
        return OddAuthority.key(algorithm, new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    }

    private static List<OddChain> noCertificates(OddAuthority authority) {
        KeyPair key = OddAuthority.ecKey();
        byte[] good = authority.leaf("good", key, draft -> draft).certificates().get(0);
        return List.of(
                new OddChain("garbage for a certificate", List.of(GARBAGE), key),
                new OddChain("no bytes for a certificate", List.of(new byte[0]), key),
                new OddChain("garbage behind a good certificate", List.of(good, GARBAGE), key),
                new OddChain("no bytes behind a good certificate", List.of(good, new byte[0]), key),
                new OddChain("half a certificate", List.of(Arrays.copyOf(good, good.length / 2)), key),
                new OddChain("an empty SEQUENCE", List.of(Der.sequence()), key));
    }

    private static OddChain leaf(OddAuthority authority, String what, UnaryOperator<Draft> change) {
        return authority.leaf(what, OddAuthority.ecKey(), change);
    }

    /** SubjectPublicKeyInfo ::= SEQUENCE { SEQUENCE { algorithm OID, parameters ANY OPTIONAL }, BIT STRING }. */
    private static byte[] key(String algorithm, byte[] parameters, byte[] point) {
        return Der.sequence(
                Der.sequence(Der.oid(algorithm), parameters), Der.element(Der.BIT_STRING, new byte[1], point));
    }

    private static byte[] point(KeyPair key) {
        byte[] info = key.getPublic().getEncoded();
        return Arrays.copyOfRange(info, info.length - 65, info.length);
    }

    /** RFC 3279 section 2.3.5: the curve in full, as nobody may send it any more. */
    private static byte[] explicit(KeyPair key) {
        ECParameterSpec curve = ((ECPublicKey) key.getPublic()).getParams();
        byte[] prime = Der.hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        byte[] a = Der.hex("ffffffff00000001000000000000000000000000fffffffffffffffffffffffc");
        byte[] b = Der.hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
        byte[] g = Der.hex("04" + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
        return Der.sequence(
                Der.integer(1),
                Der.sequence(Der.oid("1.2.840.10045.1.1"), Der.element(Der.INTEGER, new byte[1], prime)),
                Der.sequence(Der.element(Der.OCTET_STRING, a), Der.element(Der.OCTET_STRING, b)),
                Der.element(Der.OCTET_STRING, g),
                Der.element(Der.INTEGER, curve.getOrder().toByteArray()),
                Der.integer(1));
    }

    /** Curves that some backends have and others have not, with a key each: what is asked for is whether it is read. */
    private enum Curve {
        P224(
                "secp224r1",
                "1.3.132.0.33",
                "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21"
                        + "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34"),
        SECP256K1(
                "secp256k1",
                "1.3.132.0.10",
                "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                        + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"),
        BRAINPOOL(
                "brainpoolP256r1",
                "1.3.36.3.3.2.8.1.1.7",
                "8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262"
                        + "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997");

        private final String opensslName;
        private final String oid;
        private final String generator;

        Curve(String opensslName, String oid, String generator) {
            this.opensslName = opensslName;
            this.oid = oid;
            this.generator = generator;
        }

        byte[] publicKey() {
            return key(EC, Der.oid(oid), Der.hex("04" + generator));
        }
    }
}
