package io.omnitls.forge.random;

import io.omnitls.forge.Der;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Times that are good, over, yet to come, or in none of RFC 5280's forms. */
final class RandomTimes {
    private static final List<byte[]> PAST = List.of(
            Times.generalized("20200229120000Z"),
            Times.utc("500101000000Z"),
            Times.generalized("00010101000000Z"),
            Times.utc("2501010000Z"),
            Times.utc("250101000000+0000"),
            Times.utc("250101000000-0500"),
            Times.utc("250101000000"),
            Times.utc("250101000060Z"),
            Times.utc("250101240000Z"),
            Times.utc("250231000000Z"),
            Times.utc("250001000000Z"),
            Times.utc("25010100000aZ"),
            Times.utc("250101000000z"),
            Times.utc(""),
            Times.generalized("20250101000000.5Z"),
            Times.generalized("202501010000Z"),
            Times.generalized("20250101000000+0000"),
            Times.generalized("20250229000000Z"),
            Der.ascii(Der.PRINTABLE_STRING, "250101000000Z"),
            Der.ascii(Der.OCTET_STRING, "250101000000Z"));
    private static final List<byte[]> FUTURE = List.of(
            Times.generalized("20360229120000Z"),
            Times.utc("490101000000Z"),
            Times.generalized("99991231235959Z"),
            Times.utc("4501010000Z"),
            Times.utc("450101000000+0000"),
            Times.utc("450101000000"),
            Times.utc("450101006000Z"),
            Times.utc("451301000000Z"),
            Times.utc("450100000000Z"),
            Times.utc("450101000000Zx"),
            Times.utc("450101000000Z\0"),
            Times.utc(" 50101000000Z"),
            Times.generalized("20450101000000.5Z"),
            Times.generalized("2045010100Z"),
            Times.generalized("20450101000000"),
            Times.generalized("20450229000000Z"),
            Der.ascii(Der.PRINTABLE_STRING, "450101000000Z"));

    private final Chance chance;
    private final Instant now;

    RandomTimes(Chance chance, Instant now) {
        this.chance = chance;
        this.now = now;
    }

    /** The validity of a certificate. */
    void validity(Forge forge) {
        Instant from = now.minus(Duration.ofDays(1));
        Instant to = now.plus(Duration.ofDays(9));
        if (chance.odd(25)) {
            to = now.minus(Duration.ofHours(1));
        } else if (chance.odd(25)) {
            from = now.plus(Duration.ofDays(1));
        }
        forge.valid(past(from), future(to));
    }

    /** The times of a revocation list. */
    void updates(Forge forge) {
        Instant from = now.minus(Duration.ofHours(1 + chance.below(5)));
        Instant to = now.plus(Duration.ofDays(1));
        if (chance.odd(15)) {
            to = now.minus(Duration.ofMinutes(10));
        } else if (chance.odd(15)) {
            from = now.plus(Duration.ofMinutes(10));
        }
        forge.valid(past(from), chance.oneIn(20) ? new byte[0] : future(to));
    }

    /** When something was revoked, which OpenSSL does not look at. */
    byte[] revocation() {
        return chance.odd(20) ? chance.of(PAST) : Times.usual(now.minus(Duration.ofDays(1)));
    }

    private byte[] past(Instant moment) {
        return chance.odd(60) ? chance.of(PAST) : usual(moment);
    }

    private byte[] future(Instant moment) {
        return chance.odd(60) ? chance.of(FUTURE) : usual(moment);
    }

    private byte[] usual(Instant moment) {
        return chance.oneIn(20) ? Times.generalized(moment) : Times.usual(moment);
    }
}
