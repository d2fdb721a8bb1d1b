package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.PemBlock;
import io.omnitls.internal.x509.PemReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    /** No bundle of certificates comes near; a device that never ends does. */
    private static final long MAX_SIZE = 64L << 20;

    static SourceFile read(Path path) throws TlsException {
        try {
            if (Files.size(path) > MAX_SIZE) {
                throw new TlsException(ErrorReason.NO_SUCH_FILE, path + " is larger than " + (MAX_SIZE >> 20) + " MiB");
            }
            return new SourceFile(path.toString(), Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new TlsException(ErrorReason.NO_SUCH_FILE, path + " does not exist", e);
        } catch (IOException e) {
            throw new TlsException(ErrorReason.NO_SUCH_FILE, "cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    static SourceFile of(String text, String name) {
        return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it is DER: the tag of a SEQUENCE, which no text begins with, and a length of several bytes. */
    boolean der() {
        return content.length > 2 && content[0] == 0x30 && content[1] < 0;
    }

    List<PemBlock> blocks() throws TlsException {
        // Latin-1 takes any byte: the text around the blocks may be in any encoding.
        return PemReader.read(new String(content, StandardCharsets.ISO_8859_1), name);
    }

    void wipe() {
        Arrays.fill(content, (byte) 0);
    }
}
