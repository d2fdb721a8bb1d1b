package io.omnitls.cli;

/** Text of strangers, such as the names in their certificates, as it may go to a terminal: in a line, and as a text. */
final class Printable {
    private Printable() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(c -> isHarmful(c) ? '?' : c).forEach(out::appendCodePoint);
        return out.toString();
    }

    /**
     * Whether a terminal may do something else with this than to show it: control characters, those of Latin-1's upper half
     * among them, those that turn the direction of what follows or break the line, and halves of characters.
     */
    static boolean isHarmful(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
