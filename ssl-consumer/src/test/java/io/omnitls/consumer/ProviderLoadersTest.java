package io.omnitls.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The library in one class loader and its provider in another below it, as in application servers and plug-ins. */
class ProviderLoadersTest {

    /** The parts of the module path in which {@code name} occurs, in a loader of their own. */
    private static URLClassLoader loader(String name, ClassLoader parent) throws Exception {
        List<Path> parts = Arrays.stream(
                        System.getProperty("consumer.modulepath").split(File.pathSeparator, -1))
                .filter(part -> part.contains(name))
                .map(Path::of)
                .toList();
        assertEquals(1, parts.size(), name);
        return new URLClassLoader(new URL[] {parts.get(0).toUri().toURL()}, parent);
    }

    /** A piece of work with this context class loader. */
    private static <T> T with(ClassLoader context, Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Object call(Object target, String method, Class<?> type, Object argument) throws Exception {
        return target.getClass().getMethod(method, type).invoke(target, argument);
    }

    private static Object builder(ClassLoader api) throws Exception {
        return api.loadClass("io.omnitls.ClientContext").getMethod("builder").invoke(null);
    }

    private static Object build(Object builder) throws Exception {
        return builder.getClass().getMethod("build").invoke(builder);
    }

    private static List<?> all(ClassLoader api) throws Exception {
        return (List<?>)
                api.loadClass("io.omnitls.TlsProviders").getMethod("all").invoke(null);
    }

    @Test
    void aProviderOfTheContextClassLoaderIsFound() throws Exception {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader api = loader("ssl-api", platform);
                URLClassLoader child = loader("ssl-jsse", api)) {
            assertEquals(List.of(), with(platform, () -> all(api)));
            assertEquals(List.of(), with(null, () -> all(api)));
            List<?> found = with(child, () -> all(api));
            assertEquals(1, found.size());
            assertEquals(child, found.get(0).getClass().getClassLoader());
            assertEquals(found, with(child, () -> all(api)), "asked again, the same");
            assertNotNull(with(child, () -> build(builder(api))));
            assertNotNull(with(child, () -> build(call(builder(api), "provider", String.class, "jsse"))));
            InvocationTargetException none =
                    assertThrows(InvocationTargetException.class, () -> with(platform, () -> build(builder(api))));
            assertInstanceOf(IllegalStateException.class, none.getCause());
        }
    }

    @Test
    void aProviderThatBothSeeIsFoundOnce() throws Exception {
        try (URLClassLoader api = new URLClassLoader(
                        Arrays.stream(System.getProperty("consumer.modulepath").split(File.pathSeparator, -1))
                                .map(Path::of)
                                .map(Path::toUri)
                                .map(uri -> {
                                    try {
                                        return uri.toURL();
                                    } catch (java.net.MalformedURLException e) {
                                        throw new AssertionError(e);
                                    }
                                })
                                .toArray(URL[]::new),
                        ClassLoader.getPlatformClassLoader());
                URLClassLoader child = new URLClassLoader(new URL[0], api)) {
            assertEquals(1, with(child, () -> all(api)).size());
        }
    }

    @Test
    void anInstanceIsTakenWhereverItComesFrom() throws Exception {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader api = loader("ssl-api", platform);
                URLClassLoader child = loader("ssl-jsse", api)) {
            Object jsse = child.loadClass("io.omnitls.jsse.JsseProvider")
                    .getConstructor()
                    .newInstance();
            Class<?> type = api.loadClass("io.omnitls.spi.TlsProvider");
            Object context = with(platform, () -> build(call(builder(api), "provider", type, jsse)));
            assertEquals(jsse, context.getClass().getMethod("provider").invoke(context));
            Object copy = with(
                    platform,
                    () -> build(context.getClass().getMethod("toBuilder").invoke(context)));
            assertEquals(jsse, copy.getClass().getMethod("provider").invoke(copy));
        }
    }
}
