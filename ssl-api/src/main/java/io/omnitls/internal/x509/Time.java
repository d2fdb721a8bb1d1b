package io.omnitls.internal.x509;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A time as it was written.
 *
 * @param generalized whether as GeneralizedTime
 * @param instant empty when the text has not the form that RFC 5280 section 4.1.2.5 asks for
 */
public record Time(boolean generalized, String text, Optional<Instant> instant) {

    /** {@code Time ::= CHOICE { utcTime UTCTime, generalTime GeneralizedTime }}. */
    static Time read(DerReader reader) throws DerException {
        int tag = reader.peek();
        if (tag != DerReader.UTC_TIME && tag != DerReader.GENERALIZED_TIME) {
            throw new DerException("a time with the tag " + tag);
        }
        boolean generalized = tag == DerReader.GENERALIZED_TIME;
        String text = new String(reader.content(tag), StandardCharsets.ISO_8859_1);
        return new Time(generalized, text, parse(text, generalized));
    }

    static boolean next(DerReader reader) {
        return reader.peek() == DerReader.UTC_TIME || reader.peek() == DerReader.GENERALIZED_TIME;
    }

    /** Whether it is the later one; of times that cannot be read none is. */
    public boolean isAfter(Time other) {
        return instant.isPresent() && other.instant.isPresent() && instant.get().isAfter(other.instant.get());
    }

    /** {@code X509_cmp_time}: seconds have to be there, fractions and offsets must not. */
    private static Optional<Instant> parse(String text, boolean generalized) {
        int yearDigits = generalized ? 4 : 2;
        if (text.length() != yearDigits + 11 || text.charAt(text.length() - 1) != 'Z') {
            return Optional.empty();
        }
        for (int i = 0; i < text.length() - 1; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        int year = Integer.parseInt(text.substring(0, yearDigits));
        if (!generalized) {
            year += year < 50 ? 2000 : 1900;
        }
        try {
            return Optional.of(LocalDateTime.of(
                            year,
                            pair(text, yearDigits),
                            pair(text, yearDigits + 2),
                            pair(text, yearDigits + 4),
                            pair(text, yearDigits + 6),
                            pair(text, yearDigits + 8))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static int pair(String text, int at) {
        return Integer.parseInt(text.substring(at, at + 2));
    }

    /** For messages. */
    @Override
    public String toString() {
        return instant.map(Instant::toString).orElseGet(() -> "'" + Excerpt.name(text) + "'");
    }
}
