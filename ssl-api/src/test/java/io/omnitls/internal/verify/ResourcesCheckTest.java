package io.omnitls.internal.verify;

import io.omnitls.forge.Keys;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** RFC 3779's addresses and autonomous systems from the root down, held against {@code openssl verify}. */
class ResourcesCheckTest {
    @TempDir
    static Path directory;

    private static final int OK = 0;
    private static final int INVALID = 41;
    private static final int UNNESTED = 46;

    /** What the root, the authority and the leaf hold, in the language of openssl.cnf; empty for no such extension. */
    private record Case(String title, int code, String root, String authority, String leaf) {}

    private static Case addresses(int code, String title, String root, String authority, String leaf) {
        String extension = "sbgp-ipAddrBlock=critical,";
        return new Case(
                title, code, prefixed(extension, root), prefixed(extension, authority), prefixed(extension, leaf));
    }

    private static Case systems(int code, String title, String root, String authority, String leaf) {
        String extension = "sbgp-autonomousSysNum=critical,";
        return new Case(
                title, code, prefixed(extension, root), prefixed(extension, authority), prefixed(extension, leaf));
    }

    private static String prefixed(String extension, String value) {
        return value.isEmpty() || value.contains("DER:") ? value : extension + value;
    }

    private static String as(String hex) {
        return "1.3.6.1.5.5.7.1.8=critical,DER:" + hex;
    }

    private static final String ALL = "IPv4:0.0.0.0/0,IPv6:::/0";
    private static final byte[] V4 = {0, 1};
    private static final byte[] TOUCHING = family(V4, bits(0, 10, 0, 0), bits(0, 10, 0, 1));

    private static String ip(byte[]... families) {
        return "1.3.6.1.5.5.7.1.7=critical,DER:" + HexFormat.of().formatHex(DerWriter.sequence(families));
    }

    private static byte[] family(byte[] identifier, byte[]... addresses) {
        return DerWriter.sequence(DerWriter.element(DerReader.OCTET_STRING, identifier), DerWriter.sequence(addresses));
    }

    private static byte[] inheriting(byte[] identifier) {
        return DerWriter.sequence(DerWriter.element(DerReader.OCTET_STRING, identifier), new byte[] {5, 0});
    }

    private static byte[] bits(int unused, int... bytes) {
        byte[] content = new byte[bytes.length + 1];
        content[0] = (byte) unused;
        for (int i = 0; i < bytes.length; i++) {
            content[i + 1] = (byte) bytes[i];
        }
        return DerWriter.element(DerReader.BIT_STRING, content);
    }

    private static List<Case> cases() {
        return List.of(
                addresses(OK, "nested prefixes", "IPv4:10.0.0.0/8", "IPv4:10.0.0.0/9", "IPv4:10.1.0.0/16"),
                addresses(
                        UNNESTED,
                        "the authority holds less",
                        "IPv4:10.0.0.0/8",
                        "IPv4:10.0.0.0/24",
                        "IPv4:10.1.0.0/16"),
                addresses(UNNESTED, "the root holds less", "IPv4:10.0.0.0/16", "IPv4:10.0.0.0/8", "IPv4:10.0.0.0/24"),
                addresses(
                        UNNESTED,
                        "the leaf overlaps",
                        "IPv4:10.0.0.0/8",
                        "IPv4:10.0.0.0-10.0.0.5",
                        "IPv4:10.0.0.4-10.0.0.6"),
                addresses(OK, "ranges", "IPv4:10.0.0.1-10.0.0.9", "IPv4:10.0.0.2-10.0.0.8", "IPv4:10.0.0.3-10.0.0.7"),
                addresses(
                        OK,
                        "one of several",
                        "IPv4:10.0.0.0/8,IPv4:12.0.0.0/8",
                        "IPv4:12.1.0.0/16",
                        "IPv4:12.1.1.0/24"),
                addresses(
                        UNNESTED,
                        "between several",
                        "IPv4:10.0.0.0/8,IPv4:12.0.0.0/8",
                        "IPv4:11.1.0.0/16",
                        "IPv4:11.1.0.0/24"),
                addresses(OK, "IPv6", "IPv6:2001:db8::/32", "IPv6:2001:db8:1::/48", "IPv6:2001:db8:1::5"),
                addresses(
                        UNNESTED,
                        "IPv6 not nested",
                        "IPv6:2001:db8::/32",
                        "IPv6:2001:db8:1::/48",
                        "IPv6:2001:db8:2::5"),
                addresses(UNNESTED, "another family", ALL, "IPv4:10.0.0.0/8", "IPv6:2001:db8::/32"),
                addresses(OK, "more families above", ALL, ALL, "IPv6:2001:db8::/32"),
                addresses(UNNESTED, "a SAFI is a family of its own", ALL, "IPv4:10.0.0.0/8", "IPv4-SAFI:1:10.0.0.0/8"),
                addresses(
                        OK,
                        "the same SAFI",
                        "IPv4-SAFI:1:10.0.0.0/8",
                        "IPv4-SAFI:1:10.0.0.0/8",
                        "IPv4-SAFI:1:10.0.0.0/8"),
                addresses(OK, "the leaf inherits", "IPv4:10.0.0.0/8", "IPv4:10.0.0.0/9", "IPv4:inherit"),
                addresses(OK, "the authority inherits", "IPv4:10.0.0.0/8", "IPv4:inherit", "IPv4:10.1.0.0/16"),
                addresses(UNNESTED, "inherited and not held", "IPv4:10.0.0.0/8", "IPv4:inherit", "IPv4:11.1.0.0/16"),
                addresses(OK, "both inherit", "IPv4:10.0.0.0/8", "IPv4:inherit", "IPv4:inherit"),
                addresses(OK, "the leaf inherits what nobody has", "IPv6:::/0", "IPv6:::/0", "IPv4:inherit"),
                addresses(UNNESTED, "the root inherits", "IPv4:inherit", "IPv4:10.0.0.0/8", "IPv4:10.0.0.0/8"),
                addresses(UNNESTED, "all inherit", "IPv4:inherit", "IPv4:inherit", "IPv4:inherit"),
                addresses(
                        OK,
                        "the root inherits another family",
                        "IPv4:10.0.0.0/8,IPv6:inherit",
                        "IPv4:10.0.0.0/8",
                        "IPv4:10.0.0.0/8"),
                addresses(UNNESTED, "the authority has none", ALL, "", "IPv4:10.0.0.0/8"),
                addresses(UNNESTED, "the root has none", "", ALL, "IPv4:10.0.0.0/8"),
                addresses(OK, "nobody has any but inherits", "", "", "IPv4:inherit"),
                addresses(OK, "the leaf has none: nobody is looked at", "IPv4:10.0.0.0/8", "IPv4:11.0.0.0/8", ""),
                addresses(INVALID, "the leaf's are not in order", ALL, ALL, ip(family(V4, bits(0, 12), bits(0, 10)))),
                addresses(INVALID, "the leaf's touch", ALL, ALL, ip(TOUCHING)),
                addresses(
                        INVALID,
                        "a range that is a prefix",
                        ALL,
                        ALL,
                        ip(family(V4, DerWriter.sequence(bits(0, 10, 0), bits(0, 10, 0))))),
                addresses(UNNESTED, "a prefix of five bytes", ALL, ALL, ip(family(V4, bits(0, 10, 0, 0, 0, 0)))),
                addresses(INVALID, "no addresses", ALL, ALL, ip(family(V4))),
                addresses(OK, "no family", ALL, ALL, ip()),
                addresses(
                        INVALID,
                        "that prefix before another",
                        ALL,
                        ALL,
                        ip(family(V4, bits(0, 10, 0, 0, 0, 0), bits(0, 11)))),
                addresses(
                        INVALID,
                        "that prefix after another",
                        ALL,
                        ALL,
                        ip(family(V4, bits(0, 10), bits(0, 11, 0, 0, 0, 0)))),
                addresses(
                        INVALID,
                        "a range of five bytes",
                        ALL,
                        ALL,
                        ip(family(V4, DerWriter.sequence(bits(0, 10), bits(0, 11, 0, 0, 0, 0))))),
                addresses(
                        OK,
                        "that prefix, inherited",
                        ip(family(V4, bits(0, 10, 0, 0, 0, 0))),
                        "IPv4:inherit",
                        "IPv4:inherit"),
                addresses(
                        UNNESTED,
                        "that prefix thrice",
                        ip(family(V4, bits(0, 10, 0, 0, 0, 0))),
                        ip(family(V4, bits(0, 10, 0, 0, 0, 0))),
                        ip(family(V4, bits(0, 10, 0, 0, 0, 0)))),
                addresses(UNNESTED, "an unknown family", ALL, ALL, ip(family(new byte[] {0, 3}, bits(0, 10)))),
                addresses(OK, "an unknown family that inherits", ALL, ALL, ip(inheriting(new byte[] {0, 3}))),
                addresses(OK, "an address family of one byte", ALL, ALL, ip(inheriting(new byte[] {1}))),
                addresses(OK, "an address family of four bytes", ALL, ALL, ip(inheriting(new byte[] {0, 1, 1, 1}))),
                addresses(
                        INVALID, "families not in order", ALL, ALL, ip(inheriting(new byte[] {0, 2}), inheriting(V4))),
                addresses(INVALID, "a family twice", ALL, ALL, ip(inheriting(V4), inheriting(V4))),
                addresses(OK, "unused bits that are set", ALL, ALL, ip(family(V4, bits(4, 0x0f)))),
                addresses(INVALID, "the authority's are not canonical", ALL, ip(TOUCHING), "IPv4:10.0.0.0/24"),
                addresses(
                        INVALID, "the root's are not canonical", ip(TOUCHING), "IPv4:10.0.0.0/24", "IPv4:10.0.0.0/24"),
                systems(OK, "a number of a range", "AS:64496-64511", "AS:64500-64505", "AS:64501"),
                systems(UNNESTED, "not of the authority's", "AS:64496-64511", "AS:64500-64505", "AS:64506"),
                systems(UNNESTED, "not of the root's", "AS:64496-64503", "AS:64500-64505", "AS:64501"),
                systems(OK, "the leaf inherits", "AS:1-9", "AS:2-8", "AS:inherit"),
                systems(OK, "the authority inherits", "AS:1-9", "AS:inherit", "AS:3"),
                systems(UNNESTED, "inherited and not held", "AS:1-9", "AS:inherit", "AS:10"),
                systems(UNNESTED, "the root inherits", "AS:inherit", "AS:3", "AS:3"),
                systems(UNNESTED, "the root inherits routing domains", "AS:3,RDI:inherit", "AS:3", "AS:3"),
                systems(OK, "routing domains", "RDI:1-9", "RDI:2-8", "RDI:5"),
                systems(UNNESTED, "routing domains are not systems", "AS:1-9", "AS:1-9", "RDI:5"),
                systems(OK, "both kinds", "AS:1-9,RDI:1-9", "AS:1-9,RDI:1-9", "AS:2,RDI:2"),
                systems(UNNESTED, "one of both kinds", "AS:1-9,RDI:1-9", "AS:1-9,RDI:1-4", "AS:2,RDI:5"),
                systems(UNNESTED, "the authority has none", "AS:1-9", "", "AS:2"),
                systems(UNNESTED, "the root has none", "", "AS:1-9", "AS:2"),
                systems(OK, "the leaf inherits from nobody", "", "", "AS:inherit"),
                systems(OK, "the leaf has none", "AS:1", "AS:2", ""),
                systems(INVALID, "not in order", "AS:1-9", "AS:1-9", as("300AA0083006020102020101")),
                systems(INVALID, "numbers that touch", "AS:1-9", "AS:1-9", as("300AA0083006020101020102")),
                systems(INVALID, "a range from the end", "AS:1-9", "AS:1-9", as("300CA00A30083006020105020102")),
                systems(INVALID, "no numbers", "AS:1-9", "AS:1-9", as("3004A0023000")),
                systems(OK, "neither kind", "AS:1-9", "AS:1-9", as("3000")),
                systems(UNNESTED, "a negative number", "AS:1-9", "AS:1-9", as("3007A00530030201FF")),
                systems(INVALID, "the authority's are not canonical", "AS:1-9", as("300AA0083006020101020102"), "AS:1"),
                systems(INVALID, "the root's are not canonical", as("300AA0083006020101020102"), "AS:1", "AS:1"));
    }

    @TestFactory
    Stream<DynamicTest> openSslAgrees() {
        return cases().stream().map(one -> DynamicTest.dynamicTest(one.title, () -> check(one)));
    }

    private static void check(Case one) throws Exception {
        String authority = "basicConstraints=critical,CA:TRUE;";
        MadeByOpenSsl chain = new MadeByOpenSsl(directory)
                .below("root", MadeByOpenSsl.pem(Keys.p256(0)), authority + one.root)
                .below("authority", MadeByOpenSsl.pem(Keys.p256(1)), authority + one.authority)
                .below("leaf", MadeByOpenSsl.pem(Keys.p256(2)), "basicConstraints=CA:FALSE;" + one.leaf);
        if (one.root.contains("inherit") && one.code == UNNESTED) {
            // OpenSSL counts one depth beyond the end of the path there; ours is the anchor's.
            chain.requireBothSomewhere(one.code);
        } else {
            chain.requireBoth(one.code);
        }
    }
}
