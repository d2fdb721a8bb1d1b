package io.omnitls.internal.x509;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A password in the two forms that keys are derived from. {@link #wipe} it. */
final class Secret {
    private final byte[] utf8;
    private final byte[] bmp;

    private Secret(byte[] utf8, byte[] bmp) {
        this.utf8 = utf8;
        this.bmp = bmp;
    }

    static Secret of(char[] password) {
        return new Secret(utf8(password), bmp(password));
    }

    /**
     * What the password of a PKCS#12 file may have been to its writer, most likely first, the way that OpenSSL tries them: no
     * password is the empty string or nothing at all, and OpenSSL before 1.1 took each byte of UTF-8 for a character.
     */
    static List<Secret> candidates(char[] password) {
        List<Secret> candidates = new ArrayList<>(List.of(of(password)));
        if (password.length == 0) {
            candidates.add(new Secret(new byte[0], new byte[0]));
        }
        byte[] bytes = utf8(password);
        if (bytes.length != password.length) {
            char[] wide = new char[bytes.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = (char) (bytes[i] & 0xff);
            }
            candidates.add(new Secret(bytes.clone(), bmp(wide)));
            Arrays.fill(wide, '\0');
        }
        Arrays.fill(bytes, (byte) 0);
        return candidates;
    }

    /** OpenSSL takes a password's bytes as they are typed, which is UTF-8 today. */
    byte[] utf8() {
        return utf8;
    }

    /** RFC 7292 B.1: a BMPString that ends with a NUL. */
    byte[] bmp() {
        return bmp;
    }

    void wipe() {
        Arrays.fill(utf8, (byte) 0);
        Arrays.fill(bmp, (byte) 0);
    }

    private static byte[] utf8(char[] password) {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
        ByteBuffer encoded = ByteBuffer.allocate(password.length * 3);
        encoder.encode(CharBuffer.wrap(password), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    /** In UTF-16, as OpenSSL does it for what no BMPString can hold. */
    private static byte[] bmp(char[] password) {
        byte[] bytes = new byte[2 * password.length + 2];
        for (int i = 0; i < password.length; i++) {
            bytes[2 * i] = (byte) (password[i] >>> 8);
            bytes[2 * i + 1] = (byte) password[i];
        }
        return bytes;
    }
}
