package io.omnitls.forge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as elements. */
public final class Times {
    private static final DateTimeFormatter UTC_TIME = format("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter GENERALIZED_TIME = format("yyyyMMddHHmmss'Z'");
    private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

    private Times() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** The form that RFC 5280 section 4.1.2.5 wants. */
    public static byte[] usual(Instant moment) {
        return moment.isBefore(YEAR_2050) ? utc(UTC_TIME.format(moment)) : generalized(moment);
    }

    public static byte[] generalized(Instant moment) {
        return generalized(GENERALIZED_TIME.format(moment));
    }

    public static byte[] utc(String text) {
        return Der.ascii(Der.UTC_TIME, text);
    }

    public static byte[] generalized(String text) {
        return Der.ascii(Der.GENERALIZED_TIME, text);
    }
}
