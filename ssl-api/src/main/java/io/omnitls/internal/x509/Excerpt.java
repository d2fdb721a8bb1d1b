package io.omnitls.internal.x509;

import java.util.regex.Pattern;

/**
 * What may stand in a message of things that somebody else wrote: bounded, on one line, and nothing that could be a piece
 * of a key.
 */
public final class Excerpt {
    private static final int MAX_LENGTH = 80;

    /** A key is more than two thousand bits of Base64 or hexadecimal digits; no English word is that long. */
    private static final Pattern POSSIBLY_KEY = Pattern.compile("[A-Za-z0-9+/=_-]{16,}");

    /** What moves a terminal's cursor or turns a line around: controls, formats, separators of lines. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private Excerpt() {}

    /** Of a file's content: long runs of letters and digits are left out. */
    public static String of(String content) {
        return bounded(POSSIBLY_KEY.matcher(printable(content)).replaceAll("..."));
    }

    /** Of what a backend has to say, whose messages quote what it was given. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : of(message);
    }

    /** Of a name, such as an alias or a certificate's subject: bounded, but with all its letters. */
    public static String name(String name) {
        return bounded(printable(name));
    }

    /** An object identifier, which may have hundreds of digits. */
    public static String oid(String oid) {
        return bounded(oid);
    }

    /** A path, which the user chose and has to find again: as long as it is. */
    public static String path(Object path) {
        return printable(path.toString());
    }

    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    private static String bounded(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 3) + "...";
    }
}
