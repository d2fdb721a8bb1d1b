package io.omnitls.internal.x509;

/** Letter case as the names of certificates know it: that of ASCII, and no other. */
public final class Ascii {
    private Ascii() {}

    /**
     * The text with A to Z in lower case. {@code String.toLowerCase} would make an ordinary k of the Kelvin sign too, and one
     * host's name of another's.
     */
    public static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            lower.append(lowerCase(text.charAt(i)));
        }
        return lower.toString();
    }

    static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
    }
}
