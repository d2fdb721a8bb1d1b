package io.omnitls.android;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** What an application for Android is built from, and what it is built against. */
final class Parts {
    private static final Path FILES = Path.of(System.getProperty("android.files"));
    private static final List<Path> CLASS_PATH = Arrays.stream(
                    System.getProperty("android.classpath").split(File.pathSeparator, -1))
            .map(Path::of)
            .collect(Collectors.toUnmodifiableList());

    private Parts() {}

    /** The application and the library: jars, or folders of classes. */
    static List<Path> ours() {
        return CLASS_PATH.stream()
                .filter(part -> !part.equals(conscryptForJvm()))
                .toList();
    }

    /** Someone who is shown the files of a part. */
    interface Visitor {
        /** Is shown one, by its name with slashes. */
        void visit(String name, byte[] content) throws IOException;
    }

    /** Shows the files of one of {@link #ours}. */
    static void visit(Path part, Visitor visitor) throws IOException {
        if (Files.isDirectory(part)) {
            visit(part, part, visitor);
        } else {
            try (FileSystem archive = FileSystems.newFileSystem(part)) {
                Path root = archive.getPath("/");
                visit(root, root, visitor);
            }
        }
    }

    private static void visit(Path root, Path directory, Visitor visitor) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (Files.isDirectory(file)) {
                    visit(root, file, visitor);
                } else {
                    String name = root.relativize(file).toString().replace(File.separatorChar, '/');
                    visitor.visit(name, Files.readAllBytes(file));
                }
            }
        }
    }

    /** The classes in them; a module is nothing to Android. */
    static List<byte[]> classes() throws IOException {
        List<byte[]> classes = new ArrayList<>();
        for (Path part : ours()) {
            visit(part, (name, content) -> {
                if (name.endsWith(".class") && !name.equals("module-info.class")) {
                    classes.add(content);
                }
            });
        }
        return classes;
    }

    /** What runs here. */
    static Path conscryptForJvm() {
        return CLASS_PATH.stream()
                .filter(part -> part.getFileName().toString().startsWith("conscrypt-openjdk"))
                .findFirst()
                .orElseThrow();
    }

    /** What runs there: the classes of the artifact for Android. */
    static Path conscryptForAndroid() throws IOException {
        Path classes = FILES.resolve("conscrypt-android.jar");
        try (ZipFile archive =
                        new ZipFile(FILES.resolve("conscrypt-android.aar").toFile());
                InputStream in = archive.getInputStream(archive.getEntry("classes.jar"))) {
            Files.write(classes, in.readAllBytes());
        }
        return classes;
    }

    /** The classes of Android 8.0, those too that are no application's business. */
    static Path android() {
        return FILES.resolve("android-all.jar");
    }

    /** What of these applications may call. */
    static Path signatures() {
        return FILES.resolve("gummy-bears-api-26.signature");
    }
}
