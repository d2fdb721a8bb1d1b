package io.omnitls.testkit;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls every public method and constructor of some packages with null in the place of one parameter after the other, and
 * with null in each array and collection. Nothing but a {@code NullPointerException} that names the parameter is right.
 */
final class NullWalk {
    private final Map<Class<?>, Object> samples;
    private final List<String> offences = new ArrayList<>();
    private int calls;

    /** @param samples one object of each class that cannot be made of others */
    NullWalk(Map<Class<?>, Object> samples) {
        this.samples = new LinkedHashMap<>(samples);
    }

    /** How many calls were made. */
    int calls() {
        return calls;
    }

    /** What was wrong. */
    List<String> offences() {
        return offences;
    }

    /** Walks the public types of the package that {@code member} is in. */
    void walk(Class<?> member) throws IOException, URISyntaxException, ClassNotFoundException {
        for (String name : classes(member)) {
            Class<?> type = Class.forName(name, false, member.getClassLoader());
            if (visible(type)) {
                for (Constructor<?> constructor : type.getConstructors()) {
                    if (!Modifier.isAbstract(type.getModifiers())) {
                        check(constructor, Optional.empty());
                    }
                }
                for (Method method : type.getDeclaredMethods()) {
                    if (counts(type, method)) {
                        check(method, Optional.of(type));
                    }
                }
            }
        }
    }

    private static Set<String> classes(Class<?> member) throws IOException, URISyntaxException {
        URI source = member.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path place = Path.of(source);
        if (Files.isDirectory(place)) {
            return classes(place, member);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return classes(jar.getPath("/"), member);
        }
    }

    private static Set<String> classes(Path root, Class<?> member) throws IOException {
        String folder = member.getPackageName();
        try (Stream<Path> files = Files.list(root.resolve(folder.replace('.', '/')))) {
            Set<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("-info"))
                    .forEach(file -> names.add(folder + "." + file.substring(0, file.length() - ".class".length())));
            return names;
        }
    }

    private static boolean visible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || visible(type.getEnclosingClass()));
    }

    /** Not what is the application's to implement, or the JDK's: {@code valueOf} of enums, {@code equals}. */
    private static boolean counts(Class<?> type, Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && !(Modifier.isAbstract(method.getModifiers()) && type.isInterface())
                && !(type.isEnum() && method.getName().equals("valueOf"))
                && !method.getName().equals("equals");
    }

    private void check(Executable executable, Optional<Class<?>> owner) {
        Parameter[] parameters = executable.getParameters();
        AnnotatedType[] types = executable.getAnnotatedParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            Class<?> type = parameters[i].getType();
            if (type.isPrimitive() || types[i].isAnnotationPresent(Nullable.class)) {
                continue;
            }
            call(executable, owner, i, null);
            Object withNull = holdingNull(type);
            if (withNull != null) {
                call(executable, owner, i, withNull);
            }
        }
    }

    private static @Nullable Object holdingNull(Class<?> type) {
        if (type.isArray()) {
            return type.getComponentType().isPrimitive() ? null : Array.newInstance(type.getComponentType(), 1);
        }
        if (type == Set.class) {
            return new HashSet<>(Collections.singleton(null));
        }
        return type == List.class || type == Collection.class ? Collections.singletonList(null) : null;
    }

    private void call(Executable executable, Optional<Class<?>> owner, int bad, @Nullable Object value) {
        String where = executable + " with " + value(value) + " as " + executable.getParameters()[bad].getName();
        try {
            Object[] arguments = new Object[executable.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = i == bad ? value : sample(executable.getParameterTypes()[i]);
            }
            calls++;
            if (executable instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                Method method = (Method) executable;
                boolean isStatic = Modifier.isStatic(method.getModifiers());
                method.invoke(isStatic ? null : sample(owner.orElseThrow()), arguments);
            }
            offences.add(where + ": nothing was thrown");
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getTargetException();
            String said = String.valueOf(thrown.getMessage());
            String name = executable.getParameters()[bad].getName();
            if (!(thrown instanceof NullPointerException) || !(said.equals(name) || said.startsWith(name + "["))) {
                offences.add(where + ": " + thrown);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            offences.add(where + " could not be called: " + e);
        }
    }

    private static String value(@Nullable Object value) {
        return value == null ? "null" : "null in it";
    }

    /** Some object of this type. */
    private Object sample(Class<?> type) throws ReflectiveOperationException {
        Object known = samples.get(type);
        if (known != null) {
            return known;
        }
        for (Object candidate : samples.values()) {
            if (type.isInstance(candidate) && type != Object.class) {
                return candidate;
            }
        }
        Object made = make(type);
        samples.put(type, made);
        return made;
    }

    private Object make(Class<?> type) throws ReflectiveOperationException {
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isInterface() && !type.isSealed()) {
            return Proxy.newProxyInstance(
                    NullWalk.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                        throw new UnsupportedOperationException(method.getName());
                    });
        }
        // The one with the fewest parameters is the easiest to satisfy.
        Constructor<?> constructor = Arrays.stream(type.getConstructors())
                .min((a, b) -> a.getParameterCount() - b.getParameterCount())
                .orElseThrow(() -> new NoSuchMethodException("no sample of " + type));
        Object[] arguments = new Object[constructor.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = sample(constructor.getParameterTypes()[i]);
        }
        return constructor.newInstance(arguments);
    }
}
