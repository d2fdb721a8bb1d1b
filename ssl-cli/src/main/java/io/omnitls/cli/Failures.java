package io.omnitls.cli;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/** Says in one line what failed, why, and what to try; and by which exit code. */
final class Failures {
    /** What the library calls a setting, and what it is called here. */
    private static final Map<String, String> OPTIONS = options();

    private Failures() {}

    /** 2 for what was wrong from the start, whatever there is on this machine and on others; otherwise 1. */
    static int exitCode(Throwable failure) {
        boolean unreadableList = failure instanceof TlsException tls && tls.reason() == ErrorReason.INVALID_COMMAND;
        return failure instanceof IllegalArgumentException || unreadableList ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    static String describe(Throwable failure) {
        String advice = failure instanceof TlsException tls ? Advice.of(tls).orElse("") : "";
        String text = inWordsOfTheCommand(message(failure)) + (advice.isEmpty() ? "" : "; " + advice);
        return Printable.of(text.replaceAll("\\s*[\\r\\n]+\\s*", " "));
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (failure instanceof UnknownHostException) {
            return "unknown host: " + message;
        }
        if (failure instanceof ConnectException) {
            return message + "; is the server running, and is it this port?";
        }
        if (failure instanceof FileSystemException file) {
            return file.getFile() + " "
                    + (isMissing(file) ? "does not exist" : "cannot be read or written: " + why(file));
        }
        return failure instanceof Error || failure instanceof NullPointerException
                ? "this should not happen: " + failure
                : message;
    }

    /** What is to be said of a file that could not be read. */
    static String unreadable(Path file, IOException failure) {
        return file + " " + (isMissing(failure) ? "does not exist" : "cannot be read: " + why(failure));
    }

    /** What is to be said of a file or a folder that could not be written. */
    static String unwritable(Path file, IOException failure) {
        // For a file that is made, it is the folder that is missing.
        return file + " cannot be written: " + (isMissing(failure) ? "there is no such folder" : why(failure));
    }

    private static boolean isMissing(IOException failure) {
        return failure instanceof NoSuchFileException;
    }

    private static String why(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return reason == null ? failure.toString() : reason;
    }

    private static String inWordsOfTheCommand(String message) {
        String text = message;
        for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
            text = text.replaceAll("(?<![\\w-])" + option.getKey() + "(?!\\w)", option.getValue());
        }
        return text;
    }

    private static Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("minimumVersion", "--min");
        options.put("maximumVersion", "--max");
        options.put("ConnectionOptions\\.serverName", "--servername");
        options.put("certificateChain", "--cert");
        options.put("verifyLocations", "--cafile");
        options.put("/dev/stdin", "stdin");
        return options;
    }
}
