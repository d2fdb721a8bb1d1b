package io.omnitls.forge.differential;

import io.omnitls.forge.Anchor;
import io.omnitls.forge.Der;
import io.omnitls.forge.oracle.OpenSslVerify;
import io.omnitls.forge.oracle.OpenSslVerify.Option;
import io.omnitls.forge.oracle.OpenSslVerify.Purpose;
import io.omnitls.forge.random.RandomTree;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A random hierarchy, and what a verifier is asked about it. */
public record RandomCase(
        long seed, RandomTree tree, Set<Option> options, int level, int maxDepth, Purpose purpose, String host) {
    /** OpenSSL's default of {@code -verify_depth}. */
    public static final int DEFAULT_MAX_DEPTH = 100;

    /**
     * The seed to begin with: {@code -Dverify.seed}, or the one that every build has, since a build is to judge a change
     * and not the luck of a draw.
     */
    public static long firstSeed() {
        return Long.getLong("verify.seed", 20_000_000);
    }

    /** The case of the seed. */
    public static RandomCase of(long seed) throws GeneralSecurityException {
        Random random = new Random(seed);
        Set<Option> options = EnumSet.noneOf(Option.class);
        for (Option option : Option.values()) {
            if (option != Option.X509_TRUSTED_FIRST && random.nextInt(option == Option.CRL_CHECK_LEAF ? 2 : 4) == 0) {
                options.add(option);
            }
        }
        return new RandomCase(
                seed,
                new RandomTree(random),
                options,
                List.of(0, 1, 1, 2, 2, 3).get(random.nextInt(6)),
                random.nextInt(10) == 0 ? random.nextInt(4) : DEFAULT_MAX_DEPTH,
                List.of(Purpose.SERVER, Purpose.CLIENT, Purpose.ANY).get(random.nextInt(3)),
                random.nextInt(12) == 0 ? "other.example" : "server.example");
    }

    /** The question for the judge. */
    public OpenSslVerify question() {
        return new OpenSslVerify(tree.presented(), tree.store(), options, level, maxDepth, purpose, Optional.of(host));
    }

    /** Whether the OID stands anywhere in the certificates and CRLs. */
    boolean names(String oid) {
        String wanted = hex(Der.oid(oid));
        return everything().anyMatch(der -> hex(der).contains(wanted));
    }

    /** The certificates and CRLs in DER. */
    private Stream<byte[]> everything() {
        return Stream.of(
                        tree.presented(),
                        tree.crls(),
                        tree.trusted().stream().map(Anchor::der).toList())
                .flatMap(List::stream);
    }

    /** Whether the value of some extension is a SEQUENCE whose tag does not say that it is constructed. */
    boolean hasPrimitiveSequence() {
        return everything().anyMatch(RandomCase::hasPrimitiveSequence);
    }

    /** An OCTET STRING with such a thing in it: 04, its length, 10, and a length that fits in. */
    private static boolean hasPrimitiveSequence(byte[] der) {
        for (int i = 0; i + 3 < der.length; i++) {
            if (der[i] == 0x04 && der[i + 1] > 1 && der[i + 2] == 0x10 && der[i + 3] <= der[i + 1] - 2) {
                return true;
            }
        }
        return false;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
