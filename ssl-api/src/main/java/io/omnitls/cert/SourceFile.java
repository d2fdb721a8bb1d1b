package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.files.FileGeneration;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.PemBlock;
import io.omnitls.internal.x509.PemReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes that certificates or keys are read from, and the name that errors have for them.
 *
 * @param name for instance the path of the file
 */
@SuppressWarnings("ArrayRecordComponent") // so that a key can be wiped
record SourceFile(String name, byte[] content) {
    /** No bundle of certificates comes near. */
    private static final int MAX_SIZE = 64 << 20;

    /** What a pipe may say; nobody knows beforehand whether it ends. */
    private static final int MAX_PIPE_SIZE = 4 << 20;

    static SourceFile read(Path path) throws TlsException {
        String name = Excerpt.path(path);
        FileGeneration.reading(path);
        try {
            return new SourceFile(name, bytes(path, name));
        } catch (NoSuchFileException e) {
            throw new TlsException(ErrorReason.NO_SUCH_FILE, name + " does not exist");
        } catch (AccessDeniedException e) {
            throw new TlsException(ErrorReason.PERMISSION_DENIED, name + " cannot be read: permission denied");
        } catch (TlsException e) {
            throw e;
        } catch (IOException e) {
            if (Files.notExists(path) || belowFile(path)) { // which JDKs before 25 call "Not a directory"
                throw new TlsException(ErrorReason.NO_SUCH_FILE, name + " does not exist");
            }
            throw new TlsException(ErrorReason.INPUT_OUTPUT_ERROR, name + " cannot be read: " + trouble(e));
        }
    }

    /** The system's word for it; the whole message of a FileSystemException is the path once more, as it is. */
    private static String trouble(IOException e) {
        return e instanceof FileSystemException file && file.getReason() != null
                ? Excerpt.of(file.getReason())
                : Excerpt.of(e);
    }

    private static byte[] bytes(Path path, String name) throws IOException {
        if (Files.isDirectory(path)) {
            throw new TlsException(ErrorReason.IS_A_DIRECTORY, name + " is a directory, expected a file");
        }
        boolean pipe = Files.exists(path) && !Files.isRegularFile(path);
        if (pipe && !openByThisProcess(path)) {
            throw new TlsException(
                    ErrorReason.INAPPROPRIATE_FILE_TYPE, name + " is a pipe or a device, expected a file");
        }
        int limit = pipe ? MAX_PIPE_SIZE : MAX_SIZE;
        // A size is not to be believed: files in /proc have none, and others grow.
        long size = pipe ? 0 : Files.size(path);
        if (size > limit) {
            throw tooLarge(name, limit);
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = new byte[(int) Math.max(size, 8192) + 1];
            int length = 0;
            for (int read = in.read(content); read >= 0; read = in.read(content, length, content.length - length)) {
                length += read;
                if (length > limit) {
                    Arrays.fill(content, (byte) 0);
                    throw tooLarge(name, limit);
                }
                if (length == content.length) {
                    content = resized(content, 2 * length);
                }
            }
            return resized(content, length);
        }
    }

    /** A longer or shorter copy; what was read may be a key, so it stands in one place only. */
    private static byte[] resized(byte[] content, int length) {
        byte[] copy = Arrays.copyOf(content, length);
        Arrays.fill(content, (byte) 0);
        return copy;
    }

    /**
     * A shell's {@code <(command)} and standard input are read like files. To open any other pipe would wait for its
     * writer, for ever if need be.
     */
    private static boolean openByThisProcess(Path path) {
        return (path.startsWith("/dev/fd") || path.startsWith("/proc/self/fd") || path.startsWith("/dev/stdin"))
                && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static TlsException tooLarge(String name, int limit) {
        return new TlsException(ErrorReason.FILE_TOO_LARGE, name + " is larger than " + (limit >> 20) + " MiB");
    }

    private static boolean belowFile(Path path) {
        return path.getParent() != null && Files.isRegularFile(path.getParent());
    }

    static SourceFile of(String text, String name) {
        return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether it is DER: the tag of a SEQUENCE, which is the digit 0 in a text, and then a length that no text goes on
     * with, or a short one, another SEQUENCE and no PEM.
     */
    boolean der() {
        if (content.length < 3 || content[0] != 0x30) {
            return false;
        }
        return content[1] < 0
                || content[1] <= content.length - 2 && content[2] == 0x30 && !text().contains("-----BEGIN ");
    }

    List<PemBlock> blocks() throws TlsException {
        return PemReader.read(text(), name);
    }

    /** Latin-1 takes any byte: the text around the blocks may be in any encoding. */
    private String text() {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    void wipe() {
        Arrays.fill(content, (byte) 0);
    }
}
