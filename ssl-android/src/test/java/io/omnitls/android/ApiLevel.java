package io.omnitls.android;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.codehaus.mojo.animal_sniffer.SignatureBuilder;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;

/** What Android's API level 26 has, and Conscrypt's artifact for Android, which an application brings along. */
final class ApiLevel {
    private final byte[] signatures;

    ApiLevel() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream android = Files.newInputStream(Parts.signatures())) {
            SignatureBuilder builder =
                    new SignatureBuilder(new InputStream[] {android}, all, new Messages(new ArrayList<>()));
            builder.process(Parts.conscryptForAndroid().toFile());
            builder.close();
        }
        signatures = all.toByteArray();
    }

    /** The classes in {@code directory} that refer to what is neither there nor in the directory. */
    Set<String> violators(Path directory) throws IOException {
        List<String> messages = new ArrayList<>();
        SignatureChecker checker = new SignatureChecker(
                new ByteArrayInputStream(signatures),
                Set.of("io.omnitls.*", "com.android.tools.r8.*"),
                new Messages(messages));
        checker.setSourcePath(List.of());
        checker.process(directory.toFile());
        return messages.stream().map(message -> violator(directory, message)).collect(Collectors.toSet());
    }

    /** From {@code PATH.class:LINE: Undefined reference: METHOD}; what says something else is no class, and shown as it is. */
    private static String violator(Path directory, String message) {
        int end = message.indexOf(".class:");
        return end < 0
                ? message
                : directory
                        .relativize(Path.of(message.substring(0, end)))
                        .toString()
                        .replace(File.separatorChar, '/');
    }

    private record Messages(List<String> errors) implements Logger {
        @Override
        public void info(String message) {}

        @Override
        public void info(String message, Throwable cause) {}

        @Override
        public void debug(String message) {}

        @Override
        public void debug(String message, Throwable cause) {}

        @Override
        public void warn(String message) {
            errors.add(message);
        }

        @Override
        public void warn(String message, Throwable cause) {
            errors.add(message);
        }

        @Override
        public void error(String message) {
            errors.add(message);
        }

        @Override
        public void error(String message, Throwable cause) {
            errors.add(message);
        }
    }
}
