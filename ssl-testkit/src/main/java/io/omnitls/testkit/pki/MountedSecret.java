package io.omnitls.testkit.pki;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files as Kubernetes mounts a secret: each is a link into {@code ..data}, which is a link to the folder of a generation and is
 * turned to the next one in a single step, after which the former folder goes.
 */
public final class MountedSecret {
    private static final Path DATA = Path.of("..data");

    private final Path folder;
    private Optional<Path> generation = Optional.empty();
    private int number;

    /** Mounts these contents, by the names of files, in a folder that exists. */
    public MountedSecret(Path folder, Map<String, String> contents) throws IOException {
        this.folder = folder;
        turn(contents);
        for (String name : contents.keySet()) {
            Files.createSymbolicLink(folder.resolve(name), DATA.resolve(name));
        }
    }

    /** The path of the file with this name, the same in every generation. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Turns to the next generation, which has files of the same names. */
    public void turn(Map<String, String> contents) throws IOException {
        number++;
        Path next = Files.createDirectory(folder.resolve("..2026_" + number));
        for (Map.Entry<String, String> file : contents.entrySet()) {
            Files.writeString(next.resolve(file.getKey()), file.getValue());
        }
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
        Files.move(link, folder.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
        if (generation.isPresent()) {
            delete(generation.get());
        }
        generation = Optional.of(next);
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
