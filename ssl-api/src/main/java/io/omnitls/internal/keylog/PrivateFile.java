package io.omnitls.internal.keylog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Opens a file for secrets: a regular one, under its only name, which nobody but the user of this process can read or
 * write. A path in a folder like {@code /tmp} may have been prepared by a stranger: as a link to a file that the stranger
 * reads, or to one that the stranger wants destroyed.
 */
public final class PrivateFile {
    private static final Set<OpenOption> APPENDING = Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            LinkOption.NOFOLLOW_LINKS); // O_NOFOLLOW: the system itself refuses a link, whenever it was put there

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;
    private final Set<String> views;

    public PrivateFile(Path path) {
        this.path = path;
        this.views = path.getFileSystem().supportedFileAttributeViews();
    }

    /**
     * Opens it for appending; makes it, for its owner alone, if it is not there.
     *
     * @throws FileSystemException when it is not such a file; the reason says what to do
     */
    public FileChannel append() throws IOException {
        Optional<BasicFileAttributes> before = look(); // a pipe without a reader would hold whoever opens it
        FileChannel channel = FileChannel.open(path, APPENDING, forItsOwner());
        try {
            // Java cannot ask the open file itself, so its path is asked again.
            Optional<BasicFileAttributes> after = look();
            if (after.isEmpty() || before.isPresent() && !same(before.get(), after.get())) {
                throw refusal("was exchanged for another while it was opened");
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean same(BasicFileAttributes one, BasicFileAttributes other) {
        return Objects.equals(one.fileKey(), other.fileKey());
    }

    private FileAttribute<?>[] forItsOwner() {
        return views.contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)}
                : new FileAttribute<?>[0];
    }

    /** What stands at the path, which has to be fit for secrets; empty when nothing does. */
    private Optional<BasicFileAttributes> look() throws IOException {
        try {
            if (views.contains("posix")) {
                PosixFileAttributes file =
                        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                requireRegular(file);
                requireNobodyElses(file);
                return Optional.of(file);
            }
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            requireRegular(file);
            return Optional.of(file);
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
    }

    private void requireRegular(BasicFileAttributes file) throws FileSystemException {
        if (file.isSymbolicLink()) {
            throw refusal("is a symbolic link, which may lead to a stranger's file; name the file itself");
        }
        if (!file.isRegularFile()) {
            throw refusal("is not a regular file");
        }
    }

    private void requireNobodyElses(PosixFileAttributes file) throws IOException {
        if (!OWNERS.containsAll(withoutExecute(file.permissions()))) {
            throw refusal("can be used by others (" + PosixFilePermissions.toString(file.permissions())
                    + "); take their permissions away, for instance with chmod 600");
        }
        Optional<UserPrincipal> user = user();
        if (user.isPresent() && !user.get().equals(file.owner())) {
            throw refusal("belongs to " + file.owner().getName() + " and not to "
                    + user.get().getName());
        }
        if (views.contains("unix") && links() > 1) {
            throw refusal("has another name too (a hard link), which may be a stranger's work");
        }
    }

    private static Set<PosixFilePermission> withoutExecute(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> rest = EnumSet.noneOf(PosixFilePermission.class);
        rest.addAll(permissions);
        rest.remove(PosixFilePermission.OWNER_EXECUTE);
        return rest;
    }

    private int links() throws IOException {
        return Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer links ? links : 1;
    }

    /**
     * The user of this process; empty when the system has no name for it, as in some containers. That is not root, to
     * whom alone it matters: others cannot open what is nobody's but its owner's.
     */
    private Optional<UserPrincipal> user() throws IOException {
        try {
            return Optional.of(path.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name", "?")));
        } catch (UserPrincipalNotFoundException nameless) {
            return Optional.empty();
        }
    }

    private FileSystemException refusal(String why) {
        return new FileSystemException(path.toString(), null, why);
    }
}
