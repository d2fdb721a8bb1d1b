package io.omnitls.internal.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What tells one state of a file or a folder from another without reading it.
 *
 * @param place where the path leads, through all links: a link that points elsewhere is another file, whatever is in it
 * @param body empty for what is not there
 * @param entries of a folder, by name
 */
record FileStamp(Optional<Path> place, Optional<Body> body, Map<String, Body> entries) {
    private static final FileStamp NOTHING = new FileStamp(Optional.empty(), Optional.empty(), Map.of());

    /**
     * What the file system says of it.
     *
     * @param key of the file behind its name, for instance its inode; empty where the file system has none
     */
    record Body(long size, FileTime modified, Optional<Object> key) {
        private static Body of(BasicFileAttributes attributes) {
            return new Body(
                    attributes.size(), attributes.lastModifiedTime(), Optional.ofNullable(attributes.fileKey()));
        }
    }

    /** Of what stands at {@code path} now. What cannot be asked is as good as missing: to read it will tell why. */
    static FileStamp of(Path path) {
        try {
            Path place = path.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(place, BasicFileAttributes.class);
            return new FileStamp(
                    Optional.of(place),
                    Optional.of(Body.of(attributes)),
                    attributes.isDirectory() ? entries(place) : Map.of());
        } catch (IOException | DirectoryIteratorException gone) {
            return NOTHING;
        }
    }

    private static Map<String, Body> entries(Path folder) throws IOException {
        Map<String, Body> entries = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                try {
                    entries.put(
                            String.valueOf(file.getFileName()),
                            Body.of(Files.readAttributes(file, BasicFileAttributes.class)));
                } catch (IOException dangling) {
                    // A link that leads nowhere, or a file that has gone since the folder was listed.
                }
            }
        }
        return entries;
    }
}
