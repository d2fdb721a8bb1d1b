package io.omnitls.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes that fingerprints are abbreviated by. They are names and protect nothing, so they are the process's own
 * and not those of the crypto backend.
 */
final class HexDigest {
    private HexDigest() {}

    /** The digest of an ASCII text in lower-case hexadecimal digits. */
    static String of(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.US_ASCII));
            return Bytes.copyOf(digest).toString();
        } catch (NoSuchAlgorithmException e) {
            // A Java platform need not have MD5, and one that is cut down to a FIPS module has not.
            throw new IllegalStateException("no security provider of this process has " + algorithm, e);
        }
    }
}
