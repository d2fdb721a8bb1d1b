package io.omnitls.internal.x509;

/** What a message may quote of bytes that a stranger chose: a little, on one line, and nothing that a terminal obeys. */
public final class Excerpt {
    private static final int MAX = 80;

    private Excerpt() {}

    /** The first {@value #MAX} characters; each that does not print as itself stands as a question mark. */
    public static String of(String text) {
        int end = Math.min(text.length(), MAX);
        StringBuilder excerpt = new StringBuilder(end + 3);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            excerpt.append(prints(c) ? c : '?');
        }
        return text.length() > MAX ? excerpt.append("...").toString() : excerpt.toString();
    }

    private static boolean prints(char c) {
        return switch (Character.getType(c)) {
            // Cf has the marks that turn the direction of text around.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
