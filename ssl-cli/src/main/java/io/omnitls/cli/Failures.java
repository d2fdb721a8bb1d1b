package io.omnitls.cli;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
            return file.getFile() + " " + trouble(file);
        }
        return failure instanceof Error || failure instanceof NullPointerException
                ? "this should not happen: " + failure
                : message;
    }

    private static String trouble(FileSystemException file) {
        if (file instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (file instanceof AccessDeniedException) {
            return "cannot be read or written: permission denied";
        }
        if (file instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        return "cannot be read or written: " + file.getReason();
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
        return options;
    }
}
