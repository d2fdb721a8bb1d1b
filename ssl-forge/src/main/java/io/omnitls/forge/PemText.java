package io.omnitls.forge;

import java.util.Base64;

/** Writes the textual encoding of RFC 7468. */
public final class PemText {
    private static final int COLUMNS = 64; // RFC 7468 section 2

    private PemText() {}

    /** A block with this label. */
    public static String of(String label, byte[] der) {
        String body = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
