package io.omnitls.consumer;

import java.io.ObjectStreamClass;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the application from a class loader of its own, as application servers do, and ends with 0 if that loader was
 * freed. A process, because it fills its heap so that soft references are cleared.
 */
final class Unloading {
    private Unloading() {}

    /** The parts of the class path, as one path, and the arguments of the application. */
    public static void main(String[] arguments) throws Exception {
        WeakReference<ClassLoader> loader = run(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
        useMethodHandleOfRecords();
        long end = System.nanoTime()
                + TimeUnit.SECONDS.toNanos(30); // threads of its own end some seconds after their last work
        while (loader.get() != null && System.nanoTime() < end) {
            fillHeap();
            System.gc();
            useCachesOfSerialization();
            TimeUnit.MILLISECONDS.sleep(20); // reference processing has no end that could be waited for
        }
        System.exit(loader.get() == null ? 0 : 1);
    }

    private static WeakReference<ClassLoader> run(String classPath, String[] arguments) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String part : classPath.split(java.io.File.pathSeparator, -1)) {
            urls.add(Path.of(part).toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            loader.loadClass("io.omnitls.consumer.Application")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
            return new WeakReference<>(loader);
        }
    }

    private record Probe(Object part) {}

    /**
     * JDK-8078641, mended in 18: {@code java.lang.runtime.ObjectMethods} compares the components of every record by one
     * method handle, and its {@code asTypeCache} holds the type of the last record that was linked, with its loader. It
     * is the JDK's, there is one for the process, and any other record takes the place.
     */
    private static void useMethodHandleOfRecords() {
        if (!new Probe("x").equals(new Probe("x")) || new Probe("x").hashCode() != new Probe("x").hashCode()) {
            throw new AssertionError("records are values");
        }
    }

    /**
     * The JDK's too: the cleared entries of {@code ObjectStreamClass} keep their class (JDK-8277072) until the caches are
     * used again, by whomever.
     */
    private static void useCachesOfSerialization() {
        if (ObjectStreamClass.lookup(Exception.class) == null) {
            throw new AssertionError("exceptions can be serialized");
        }
    }

    private static void fillHeap() {
        List<byte[]> ballast = new ArrayList<>();
        try {
            while (true) {
                ballast.add(new byte[1 << 20]);
            }
        } catch (OutOfMemoryError full) {
            ballast.clear(); // by now the virtual machine has cleared every soft reference
        }
    }
}
