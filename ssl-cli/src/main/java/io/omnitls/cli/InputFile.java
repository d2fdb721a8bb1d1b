package io.omnitls.cli;

import java.nio.file.Path;

/** A file that is read, or standard input where {@code -} stands in its place. */
record InputFile(Path path, String name) {
    /** @throws IllegalArgumentException when it is the name of no file */
    static InputFile of(String argument) {
        return argument.equals("-")
                ? new InputFile(Path.of("/dev/stdin"), "stdin")
                : new InputFile(Values.path(argument), argument);
    }
}
