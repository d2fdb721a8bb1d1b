package io.omnitls.forge.random;

import io.omnitls.forge.Der;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Names;
import java.math.BigInteger;
import java.util.List;

/** Any known extension in any certificate, with a value that is well-formed but often not what should stand there. */
final class OddExtensions {
    private static final List<BigInteger> PATH_LENGTHS = List.of(
            BigInteger.valueOf(-1),
            BigInteger.valueOf(Integer.MIN_VALUE),
            BigInteger.valueOf(Integer.MAX_VALUE),
            BigInteger.ONE.shiftLeft(31),
            BigInteger.ONE.shiftLeft(32),
            BigInteger.ONE.shiftLeft(63),
            BigInteger.ONE.shiftLeft(64),
            BigInteger.ONE.shiftLeft(200));
    private static final List<byte[]> BITS = List.of(
            Der.bits(0),
            Der.bits(0, (byte) 0),
            Der.bits(7, (byte) 0x80),
            Der.bits(0, (byte) 0x80),
            Der.bits(7, (byte) 0xff),
            Der.bits(7, (byte) 0x7f),
            Der.bits(8, (byte) 0x80),
            Der.bits(2, (byte) 0x04),
            Der.bits(0, (byte) 0x06, (byte) 0),
            Der.bits(7, (byte) 0, (byte) 0x80),
            Der.bits(0, (byte) 0, (byte) 0, (byte) 1),
            Der.element(Der.BIT_STRING));
    private static final List<byte[]> ALTERNATIVE_NAMES = List.of(
            Der.sequence(),
            Extensions.dnsNames(""),
            Extensions.dnsNames("server.example", "\u00e4.example"),
            Extensions.dnsNames("other.example"),
            Der.sequence(Der.primitive(7, new byte[] {1, 2, 3})),
            Der.sequence(Der.primitive(7, new byte[] {1, 2, 3, 4}), Names.dnsName("server.example")),
            Der.sequence(Der.primitive(8, new byte[] {(byte) 0x80, 1})),
            Der.sequence(Names.directoryName(Names.commonName("somebody"))),
            Der.sequence(Names.directoryName(Der.nothing())),
            Der.sequence(Der.primitive(9, new byte[] {1})),
            Der.sequence(Der.context(0, Der.oid("1.2.3"), Der.context(0, Der.nothing()))));
    private static final List<byte[]> POINTS = List.of(
            Der.sequence(),
            Der.sequence(Der.sequence()),
            Der.sequence(Der.sequence(Der.primitive(1, new byte[] {1, 6}))),
            Der.sequence(Der.sequence(Der.context(2))),
            Der.sequence(Der.sequence(Der.context(2, Names.directoryName(Names.commonName("root"))))),
            Der.sequence(Der.sequence(Der.context(0, Der.context(0)))),
            Extensions.distributionPoints("http://crl.example/1"));

    private final Chance chance;

    OddExtensions(Chance chance) {
        this.chance = chance;
    }

    Value any() {
        return switch (chance.below(20)) {
            case 0 ->
                value(
                        Extensions.BASIC_CONSTRAINTS,
                        chance.oneIn(3)
                                ? Der.sequence(Der.integer(chance.of(PATH_LENGTHS)))
                                : Extensions.pathLength(chance.of(PATH_LENGTHS)));
            case 1 -> value(Extensions.KEY_USAGE, chance.of(BITS));
            case 2 -> value(Extensions.EXTENDED_KEY_USAGE, purposes());
            case 3 -> value(Extensions.NETSCAPE_CERT_TYPE, chance.coin() ? netscape() : chance.of(BITS));
            case 4 -> value(Extensions.SUBJECT_ALT_NAME, chance.of(ALTERNATIVE_NAMES));
            case 5 -> value(Extensions.ISSUER_ALT_NAME, chance.of(ALTERNATIVE_NAMES));
            case 6 -> value(Extensions.DISTRIBUTION_POINTS, chance.of(POINTS));
            case 7 -> value(Extensions.FRESHEST_CRL, chance.of(POINTS));
            case 8 -> value(Extensions.CERTIFICATE_POLICIES, Extensions.certificatePolicies("1.2.3.4"));
            case 9 -> value(Extensions.POLICY_CONSTRAINTS, Extensions.policyConstraints(0));
            case 10 -> value(Extensions.POLICY_MAPPINGS, Extensions.policyMappings("1.2.3.4", "1.2.3.5"));
            case 11 -> value(Extensions.INHIBIT_ANY_POLICY, Der.integer(0));
            case 12 -> value(Extensions.AUTHORITY_INFO_ACCESS, Extensions.authorityInfoAccess("http://ocsp.example/"));
            case 13 -> value(Extensions.OCSP_NO_CHECK, Der.nothing());
            case 14 -> value(Extensions.PROXY_CERT_INFO, Extensions.proxyCertInfo(chance.below(2)));
            case 15 -> value(Extensions.NAME_CONSTRAINTS, constraints());
            case 16 -> value(Extensions.SUBJECT_KEY_IDENTIFIER, Extensions.subjectKeyIdentifier(new byte[] {9}));
            case 17 -> value(Extensions.AUTHORITY_KEY_IDENTIFIER, Extensions.authorityKeyIdentifier(new byte[] {9}));
            case 18 -> value(Extensions.IP_ADDRESS_BLOCKS, addresses());
            default -> value(Extensions.UNKNOWN, Der.nothing());
        };
    }

    private Value value(String oid, byte[] value) {
        return new Value(oid, chance.coin(), value);
    }

    private byte[] netscape() {
        return Der.bits(0, (byte) (1 << chance.below(8)));
    }

    private byte[] purposes() {
        return switch (chance.below(6)) {
            case 0 -> Der.sequence();
            case 1 -> Extensions.extendedKeyUsage(Extensions.NETSCAPE_SGC);
            case 2 -> Extensions.extendedKeyUsage(Extensions.MICROSOFT_SGC);
            case 3 -> Extensions.extendedKeyUsage(Extensions.ANY_PURPOSE);
            case 4 -> Extensions.extendedKeyUsage(Extensions.EMAIL_PROTECTION, Extensions.SERVER_AUTH);
            default -> Der.sequence(Der.oid(Extensions.SERVER_AUTH), Der.element(Der.OID, new byte[] {42, -127}));
        };
    }

    private byte[] constraints() {
        return switch (chance.below(6)) {
            case 0 -> Der.sequence();
            case 1 -> Der.sequence(Der.context(0));
            case 2 ->
                Der.sequence(Der.context(0, Der.sequence(Names.dnsName("example"), Der.primitive(0, new byte[] {1}))));
            case 3 -> Der.sequence(Der.context(0, Der.sequence(Der.primitive(7, new byte[] {1, 2, 3}))));
            case 4 -> Der.sequence(Der.context(1, Der.sequence(Names.directoryName(Names.commonName("leaf")))));
            default -> Der.sequence(Der.context(0, Der.sequence(Der.primitive(8, new byte[] {42, 3}))));
        };
    }

    private byte[] addresses() {
        return switch (chance.below(4)) {
            case 0 -> Extensions.addressBlocks();
            case 1 -> Extensions.addressBlocks(new byte[] {10}, new byte[] {11});
            case 2 -> Extensions.addressBlocks(new byte[] {12, 1});
            default -> Der.sequence();
        };
    }
}
