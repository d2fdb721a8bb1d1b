package io.omnitls.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How the words of a call become values, and what is said of those that are none. */
final class Values {
    private Values() {}

    static void register(CommandLine command) {
        command.registerConverter(Path.class, text -> converted(text, Values::path));
        command.registerConverter(Integer.class, text -> converted(text, Values::number));
        command.registerConverter(int.class, text -> converted(text, Values::number));
        command.registerConverter(Long.class, text -> converted(text, Values::longNumber));
    }

    private static <T> T converted(String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    /** @throws IllegalArgumentException when it is the name of no file */
    static Path path(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected the name of a file or a folder, not an empty one");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' has characters that files have no names of in this locale ("
                            + System.getProperty("sun.jnu.encoding") + "); set LC_ALL to one of UTF-8",
                    e);
        }
    }

    private static int number(String text) {
        long number = longNumber(text);
        if (number != (int) number) {
            throw new IllegalArgumentException("'" + text + "' is too large a number");
        }
        return (int) number;
    }

    private static long longNumber(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number, or too large a one", e);
        }
    }
}
