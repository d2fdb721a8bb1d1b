package io.omnitls.cert;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times of certificates as OpenSSL prints them. */
public final class CertificateTimes {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z]{3}) +(\\d{1,2}) (\\d{2}):(\\d{2}):(\\d{2}) (\\d{4}) GMT");

    private CertificateTimes() {}

    /**
     * The seconds since 1970 of a time such as {@code Jan  5 09:34:43 2018 GMT}, whatever the locale: Python's
     * {@code cert_time_to_seconds}.
     *
     * @throws IllegalArgumentException when it has another form or is no time
     */
    public static long toEpochSeconds(String time) {
        Objects.requireNonNull(time, "time");
        Matcher parts = FORM.matcher(time);
        int month = parts.matches() ? month(parts.group(1)) : 0;
        if (month == 0) {
            throw new IllegalArgumentException("'" + time + "' is not a time like 'Jan  5 09:34:43 2018 GMT'");
        }
        try {
            return LocalDateTime.of(number(parts, 6), month, number(parts, 2), number(parts, 3), number(parts, 4))
                    // A leap second is the second after 59, as it is to timegm.
                    .plusSeconds(number(parts, 5))
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + time + "' is no time: " + e.getMessage(), e);
        }
    }

    /** The time as OpenSSL prints it: {@code Jan  5 09:34:43 2018 GMT}. */
    public static String format(Instant time) {
        Objects.requireNonNull(time, "time");
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        return String.format(
                java.util.Locale.ROOT,
                "%s %2d %02d:%02d:%02d %d GMT",
                MONTHS.get(utc.getMonthValue() - 1),
                utc.getDayOfMonth(),
                utc.getHour(),
                utc.getMinute(),
                utc.getSecond(),
                utc.getYear());
    }

    private static int month(String name) {
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).equalsIgnoreCase(name)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
