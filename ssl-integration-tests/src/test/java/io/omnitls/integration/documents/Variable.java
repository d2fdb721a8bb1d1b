package io.omnitls.integration.documents;

import java.util.List;

/**
 * What a fragment has at hand.
 *
 * @param type as the document names it
 */
record Variable(String type, String name) {
    private static final List<String> PACKAGES = List.of(
            "java.lang",
            "java.io",
            "java.net",
            "java.net.http",
            "java.nio.file",
            "java.util",
            "java.util.concurrent",
            "java.security",
            "javax.net.ssl",
            "io.omnitls",
            "io.omnitls.cert",
            "io.omnitls.error",
            "io.omnitls.protocol",
            "io.omnitls.spi");

    /** As a parameter, with the type's full name, so that a fragment does not live by its reader's imports. */
    String declaration() {
        return fullName() + " " + name;
    }

    /** The name of the type's class. */
    String fullName() {
        if (!Character.isUpperCase(type.charAt(0))) {
            return type; // a primitive one, or the full name
        }
        String raw = type.replaceFirst("<.*", "");
        return PACKAGES.stream()
                        .map(candidate -> candidate + "." + raw)
                        .filter(Variable::exists)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no class " + raw + " in " + PACKAGES))
                + type.substring(raw.length());
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, Variable.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
