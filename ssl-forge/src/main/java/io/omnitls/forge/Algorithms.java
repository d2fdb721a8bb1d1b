package io.omnitls.forge;

import java.util.Map;

/** AlgorithmIdentifiers. */
public final class Algorithms {
    private static final Map<String, String> DIGESTS = Map.of(
            "SHA-1", "1.3.14.3.2.26",
            "SHA-224", "2.16.840.1.101.3.4.2.4",
            "SHA-256", "2.16.840.1.101.3.4.2.1",
            "SHA-384", "2.16.840.1.101.3.4.2.2",
            "SHA-512", "2.16.840.1.101.3.4.2.3");

    private Algorithms() {}

    public static byte[] withoutParameters(String oid) {
        return Der.sequence(Der.oid(oid));
    }

    public static byte[] withNull(String oid) {
        return Der.sequence(Der.oid(oid), Der.nothing());
    }

    /** RSASSA-PSS (RFC 4055). */
    public static byte[] pss(String digest, String maskDigest, int saltLength) {
        return Der.sequence(
                Der.oid("1.2.840.113549.1.1.10"),
                Der.sequence(
                        Der.context(0, digest(digest)),
                        Der.context(1, Der.sequence(Der.oid("1.2.840.113549.1.1.8"), digest(maskDigest))),
                        Der.context(2, Der.integer(saltLength))));
    }

    private static byte[] digest(String name) {
        return withNull(DIGESTS.getOrDefault(name, name));
    }
}
