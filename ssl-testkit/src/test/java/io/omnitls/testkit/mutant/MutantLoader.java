package io.omnitls.testkit.mutant;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Loads all of OmniTLS anew, with a mutant in the place of one class. What is not ours is shared with everybody else. */
final class MutantLoader extends URLClassLoader {
    /** Its hooks are found by the JUnit that all share. */
    private static final String SHARED = "io.omnitls.forge.";

    private static final Path API_TESTS = Path.of("..", "ssl-api", "target", "test-classes");

    private MutantLoader(URL[] path) {
        super(path, MutantLoader.class.getClassLoader());
    }

    /** Compiles the mutant into {@code directory} and puts it before everything else. */
    static MutantLoader of(Mutant mutant, Path directory) throws IOException {
        compile(mutant, directory);
        List<URL> path = new ArrayList<>();
        path.add(directory.toUri().toURL());
        for (String entry : classPath().split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        path.add(API_TESTS.toUri().toURL());
        return new MutantLoader(path.toArray(new URL[0]));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static void compile(Mutant mutant, Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String source = mutant.source();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("mutant:///" + mutant.path()), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        StringWriter complaints = new StringWriter();
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-d", directory.toString(), "-cp", classPath(), "-proc:none", "-nowarn"),
                        null,
                        List.of(file))
                .call();
        if (!compiled) {
            throw new AssertionError(mutant + " does not compile: " + complaints);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("io.omnitls.") || name.startsWith(SHARED)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    /** Our own resources first: the text of a table belongs to the class beside it. */
    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
