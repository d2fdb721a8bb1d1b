package io.omnitls.cli;

import java.util.regex.Pattern;

/** Text of strangers, such as the names in their certificates, as it may go to a terminal: in a line, and as a text. */
final class Printable {
    /** Control characters, those of Latin-1's upper half among them, and those that turn the direction of what follows. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{gc=Cc}\\p{gc=Cf}\\p{gc=Zl}\\p{gc=Zp}]");

    private Printable() {}

    static String of(String text) {
        return HARMFUL.matcher(text).replaceAll("?");
    }
}
