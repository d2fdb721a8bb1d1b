package io.omnitls.integration.documents;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.TlsContext;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The classes of a document's Java, which know each other as files of one folder do.
 *
 * @param classes the folder of the class files
 */
record CompiledDocument(List<JavaBlock> blocks, Path classes) {
    private static final List<String> STRICT =
            List.of("--release", "17", "-Xlint:all,-path,-classfile,-processing", "-proc:none");

    /** Compiles into {@code classes}; a warning fails as an error does. */
    static CompiledDocument of(Document document, Path classes) throws IOException {
        List<Variable> atHand = document.atHand();
        Map<Boolean, List<JavaBlock>> blocks = document.blocks("java")
                .map(block -> new JavaBlock(block, atHand))
                .collect(Collectors.partitioningBy(JavaBlock::module));
        List<JavaBlock> inNoModule = blocks.get(false);
        if (!inNoModule.isEmpty()) {
            compile(inNoModule, classes, List.of("-cp", System.getProperty("java.class.path")));
        }
        for (JavaBlock module : blocks.get(true)) {
            compile(List.of(module), Files.createTempDirectory(classes, "module"), List.of("--module-path", api()));
        }
        return new CompiledDocument(inNoModule, classes);
    }

    /** The same of a folder of source files. */
    static CompiledDocument ofFiles(Path folder, Path classes) throws IOException {
        List<JavaBlock> blocks = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.java")) {
            for (Path file : files) {
                blocks.add(new JavaBlock(new Block(file, 1, "java", Files.readString(file)), List.of()));
            }
        }
        compile(blocks, classes, List.of("-cp", System.getProperty("java.class.path")));
        return new CompiledDocument(blocks, classes);
    }

    /** All that an application's module needs to be compiled. */
    private static String api() {
        try {
            return Path.of(TlsContext.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static void compile(List<JavaBlock> blocks, Path classes, List<String> path) throws IOException {
        List<String> options = new ArrayList<>(STRICT);
        options.addAll(List.of("-d", classes.toString()));
        options.addAll(path);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            compiler.getTask(
                            null,
                            files,
                            found,
                            options,
                            null,
                            blocks.stream().map(Source::new).toList())
                    .call();
        }
        String complaints = found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .map(CompiledDocument::describe)
                .collect(Collectors.joining("\n"));
        assertTrue(complaints.isEmpty(), complaints);
    }

    private static String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
        String place = diagnostic.getSource() instanceof Source source ? source.block.block() + " and on: " : "";
        return place + diagnostic.getMessage(null);
    }

    private static final class Source extends SimpleJavaFileObject {
        final JavaBlock block;

        Source(JavaBlock block) {
            super(URI.create("string:///" + block.name() + Kind.SOURCE.extension), Kind.SOURCE);
            this.block = block;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return block.source();
        }
    }
}
