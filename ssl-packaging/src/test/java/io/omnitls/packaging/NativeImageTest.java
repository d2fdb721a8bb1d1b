package io.omnitls.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jars tell native-image about reflection and resources: all that the sources look up, and nothing that is not there. */
class NativeImageTest {
    private static final Pattern REFLECTION =
            Pattern.compile("Class\\.forName\\(|import java\\.lang\\.reflect\\.(Method|Field|Constructor|Proxy)");

    private static final Pattern RESOURCE = Pattern.compile("getResource(AsStream)?\\(");

    /** A word in quotes, that could be the name of something: no message, which has spaces or ends in a full stop. */
    private static final Pattern NAME = Pattern.compile("\"([A-Za-z_][\\w.$]*\\w)\"");

    private static final Pattern FILE = Pattern.compile("\"([a-z-]+\\.[a-z]{3})\"");

    /** Methods that newer JDKs alone have. */
    private static final Map<String, Integer> SINCE = Map.of(
            "getNamedGroups", 20,
            "setNamedGroups", 20,
            "getSignatureSchemes", 19,
            "setSignatureSchemes", 19);

    @ParameterizedTest
    @ValueSource(strings = {"ssl-api", "ssl-jsse", "ssl-conscrypt", "ssl-bcfips"})
    void whatTheSourcesLookUpIsListed(String module) throws IOException {
        Map<String, String> listed = listed(metadata(module));
        Map<String, String> sources = lookingUp(module);
        Set<String> notListed = new TreeSet<>(sources.keySet());
        notListed.removeAll(listed.keySet());
        assertEquals(Set.of(), notListed, "they look something up, and nothing is listed on their condition");
        sources.forEach((type, source) -> {
            Matcher names = (REFLECTION.matcher(source).find() ? NAME : FILE).matcher(source);
            while (names.find()) {
                assertTrue(
                        listed.get(type).contains(names.group(1)),
                        () -> type + " looks up " + names.group(1) + ", which is not listed on its condition");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl-api", "ssl-jsse", "ssl-conscrypt", "ssl-bcfips"})
    void whatIsListedExists(String module) throws Exception {
        JsonNode metadata = metadata(module);
        for (JsonNode entry : metadata.path("reflection")) {
            load(condition(entry));
            if (module.equals("ssl-bcfips")) {
                continue; // it looks for what must not be there
            }
            Class<?> type = load(entry.path("type").asText());
            for (JsonNode field : entry.path("fields")) {
                assertNotNull(type.getDeclaredField(field.path("name").asText()));
            }
            for (JsonNode method : entry.path("methods")) {
                String name = method.path("name").asText();
                if (type.getName().startsWith("io.omnitls")
                        || Runtime.version().feature() >= SINCE.getOrDefault(name, 0)) {
                    assertEquals(parameters(method), declared(type, name), type + "." + name);
                }
            }
        }
        for (JsonNode entry : metadata.path("resources")) {
            Class<?> reader = load(condition(entry));
            String file = entry.path("glob").asText();
            assertNotNull(reader.getClassLoader().getResource(file), file);
        }
    }

    /** The types of the only method of this name, or of the only constructor. */
    private static List<String> declared(Class<?> type, String name) {
        Executable[] all = name.equals("<init>") ? type.getDeclaredConstructors() : type.getDeclaredMethods();
        List<Executable> found = Arrays.stream(all)
                .filter(one -> name.equals("<init>") || one.getName().equals(name))
                .toList();
        assertEquals(1, found.size(), () -> type + "." + name);
        return Arrays.stream(found.get(0).getParameterTypes())
                .map(Class::getCanonicalName)
                .toList();
    }

    private static List<String> parameters(JsonNode method) {
        List<String> types = new ArrayList<>();
        method.path("parameterTypes").forEach(type -> types.add(type.asText()));
        return types;
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, NativeImageTest.class.getClassLoader());
    }

    /** All that is listed on the condition that a class is reached. */
    private static Map<String, String> listed(JsonNode metadata) {
        Map<String, String> listed = new TreeMap<>();
        metadata.forEach(
                list -> list.forEach(entry -> listed.merge(condition(entry), entry.toString(), String::concat)));
        return listed;
    }

    private static String condition(JsonNode entry) {
        return entry.path("condition").path("typeReached").asText();
    }

    /** The classes of a module that look something up, with their source. */
    private static Map<String, String> lookingUp(String module) throws IOException {
        Path root = Path.of("..", module, "src", "main", "java");
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                String source = read(file);
                if (REFLECTION.matcher(source).find()
                        || RESOURCE.matcher(source).find()) {
                    String name = root.relativize(file).toString().replace('/', '.');
                    found.put(name.substring(0, name.length() - ".java".length()), source);
                }
            });
        }
        assertTrue(!found.isEmpty(), module);
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replaceAll("@SuppressWarnings\\(\"\\w+\"\\)", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode metadata(String module) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of(
                                "..",
                                module,
                                "src/main/resources/META-INF/native-image/io.omnitls",
                                module,
                                "reachability-metadata.json")
                        .toFile());
    }
}
