package io.omnitls.internal.x509;

import java.util.Arrays;
import java.util.Map;

/**
 * One block of a PEM text (RFC 7468).
 *
 * @param label what stands between BEGIN and the dashes, for instance {@code CERTIFICATE}
 * @param headers the headers of RFC 1421, such as {@code Proc-Type}; usually none
 * @param content the decoded bytes; may be a key, so {@link #wipe} it
 * @param line the line of the text that it begins in, from 1
 */
@SuppressWarnings("ArrayRecordComponent") // so that a key can be wiped
public record PemBlock(String label, Map<String, String> headers, byte[] content, int line) {

    /** Whether a private key is in it. */
    public boolean privateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    /** Overwrites the content. */
    public void wipe() {
        Arrays.fill(content, (byte) 0);
    }

    /** Says nothing about the content. */
    @Override
    public String toString() {
        return Excerpt.of(label) + " in line " + line;
    }
}
