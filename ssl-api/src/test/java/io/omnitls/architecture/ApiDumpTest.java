package io.omnitls.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.TlsContext;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code api.txt} says what ssl-api exports, so that a change shows in review. Write it anew with
 * {@code mvn verify -pl ssl-api -Dtest=ApiDumpTest -Dapi.write=true}.
 */
class ApiDumpTest {
    private static final Path FILE = Path.of("..", "api.txt");

    @Test
    void theExportedApiIsTheOneInApiTxt() throws Exception {
        String dump = dump();
        if (Boolean.getBoolean("api.write")) {
            Files.writeString(FILE, dump);
        }
        assertEquals(
                Files.exists(FILE) ? Files.readString(FILE) : "",
                dump,
                "the exported API has changed; if that is meant, write api.txt anew as ApiDumpTest says");
    }

    private static String dump() throws Exception {
        Module module = TlsContext.class.getModule();
        Set<String> packages = module.getDescriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toCollection(TreeSet::new));
        StringBuilder out = new StringBuilder();
        for (String name : packages) {
            out.append("package ").append(name).append('\n');
            for (Class<?> type : types(module, name)) {
                describe(type, out);
            }
        }
        return out.toString();
    }

    /** The visible types of a package, by name. */
    private static List<Class<?>> types(Module module, String packageName) throws Exception {
        ModuleReference reference = module.getLayer()
                .configuration()
                .findModule(module.getName())
                .orElseThrow()
                .reference();
        String file = packageName.replace('.', '/') + "/[^/]+(?<!package-info)\\.class";
        List<Class<?>> types = new ArrayList<>();
        try (ModuleReader reader = reference.open()) {
            for (String entry :
                    reader.list().filter(name -> name.matches(file)).sorted().toList()) {
                String name =
                        entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
                Class<?> type = Class.forName(name, false, module.getClassLoader());
                if (visible(type)) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    private static boolean visible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return exported(type.getModifiers()) && !type.isAnonymousClass() && (outer == null || visible(outer));
    }

    private static boolean exported(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void describe(Class<?> type, StringBuilder out) {
        out.append("  ")
                .append(kind(type))
                .append(' ')
                .append(type.getName())
                .append(parents(type))
                .append('\n');
        TreeSet<String> members = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (shown(field)) {
                members.add(modifiers(field) + name(field.getGenericType()) + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (shown(constructor)) {
                members.add(modifiers(constructor) + "new" + parameters(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (shown(method) && !method.isBridge()) {
                members.add(modifiers(method) + name(method.getGenericReturnType()) + " " + method.getName()
                        + parameters(method));
            }
        }
        members.forEach(member -> out.append("    ").append(member).append('\n'));
    }

    private static String kind(Class<?> type) {
        String sealed = type.isSealed() ? "sealed " : Modifier.isFinal(type.getModifiers()) ? "final " : "";
        if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : sealed + (type.isInterface() ? "interface" : "class");
    }

    private static String parents(Class<?> type) {
        Class<?> superclass = type.getSuperclass();
        boolean plain = superclass == null || superclass == Object.class || type.isEnum() || type.isRecord();
        String interfaces = Arrays.stream(type.getInterfaces())
                .map(Class::getName)
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", "));
        return (plain ? "" : " extends " + superclass.getName())
                + (interfaces.isEmpty() ? "" : " implements " + interfaces);
    }

    private static boolean shown(Member member) {
        return exported(member.getModifiers()) && !member.isSynthetic();
    }

    private static String modifiers(Member member) {
        int modifiers = member.getModifiers();
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isAbstract(modifiers) ? "abstract " : "");
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getGenericParameterTypes())
                        .map(ApiDumpTest::name)
                        .collect(Collectors.joining(", ", "(", ")"))
                + (executable.getExceptionTypes().length == 0
                        ? ""
                        : Arrays.stream(executable.getExceptionTypes())
                                .map(Class::getName)
                                .sorted()
                                .collect(Collectors.joining(", ", " throws ", "")));
    }

    private static String name(Type type) {
        return type.getTypeName();
    }
}
