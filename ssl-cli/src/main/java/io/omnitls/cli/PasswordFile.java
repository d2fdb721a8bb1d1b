package io.omnitls.cli;

import io.omnitls.error.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file whose first line is a password, in UTF-8. */
final class PasswordFile {
    private static final int MAX_SIZE = 8 * 1024;

    private PasswordFile() {}

    static char[] read(Path file) throws TlsException {
        byte[] content = bytes(file);
        try {
            int length = 0;
            while (length < content.length && content[length] != '\n' && content[length] != '\r') {
                length++;
            }
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, 0, length));
            char[] password = Arrays.copyOf(text.array(), text.limit());
            Arrays.fill(text.array(), '\0');
            return password;
        } catch (CharacterCodingException e) {
            throw ContextOptions.noPassword(file + " is not UTF-8");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static byte[] bytes(Path file) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_SIZE + 1);
            if (content.length > MAX_SIZE) {
                throw ContextOptions.noPassword(file + " is larger than " + MAX_SIZE + " bytes");
            }
            return content;
        } catch (TlsException e) {
            throw e;
        } catch (IOException e) {
            throw ContextOptions.noPassword(Failures.unreadable(file, e));
        }
    }
}
