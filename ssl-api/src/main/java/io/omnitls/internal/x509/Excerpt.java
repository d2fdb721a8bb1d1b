package io.omnitls.internal.x509;

/**
 * Text of a stranger as it may stand in a message: on one line, without what a terminal or a log takes for a command, and
 * not longer than a reader wants.
 */
public final class Excerpt {
    private static final int LONGEST = 100;

    private Excerpt() {}

    /** The beginning of {@code text}, and all of it where it is short. */
    public static String of(String text) {
        StringBuilder excerpt = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (excerpt.length() >= LONGEST) {
                return excerpt.append("...").toString();
            }
            append(excerpt, text.charAt(i));
        }
        return excerpt.toString();
    }

    /** Anything but letters and digits may be invisible or turn the direction of the line: it is named, not shown. */
    private static void append(StringBuilder excerpt, char c) {
        if (c >= ' ' && c < 0x7f || Character.isLetterOrDigit(c)) {
            excerpt.append(c);
        } else {
            excerpt.append(String.format("\\u%04x", (int) c));
        }
    }
}
