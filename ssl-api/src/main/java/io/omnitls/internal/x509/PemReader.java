package io.omnitls.internal.x509;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the blocks in a PEM text, as lax as OpenSSL: text around them is passed over, a byte order mark too, lines may end
 * with CR LF and be of any length. What is broken is told without a word of it, because it may be a key.
 */
public final class PemReader {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /**
     * Blanks, and byte order marks as Latin-1 has them: OpenSSL skips one before each block, because files with such a mark
     * are concatenated too.
     */
    private static final Pattern BEFORE_BEGIN = Pattern.compile("^[^!-~]+(?=" + BEGIN + ")");

    private final String source;
    private final String[] lines;
    private int at;

    private PemReader(String text, String source) {
        this.source = source;
        this.lines = text.split("\\r?\\n", -1);
    }

    /**
     * All blocks, in their order.
     *
     * @param source names the text in errors, for instance the file
     * @throws TlsException BAD_END_LINE or BAD_BASE64_DECODE when a block is broken
     */
    public static List<PemBlock> read(String text, String source) throws TlsException {
        PemReader reader = new PemReader(text, source);
        List<PemBlock> blocks = new ArrayList<>();
        while (reader.at < reader.lines.length) {
            String line = BEFORE_BEGIN
                    .matcher(reader.lines[reader.at++])
                    .replaceFirst("")
                    .trim();
            int labelEnd = line.startsWith(BEGIN) ? line.indexOf(DASHES, BEGIN.length()) : -1;
            if (labelEnd > BEGIN.length()) {
                reader.requireNothingBehind(line, labelEnd + DASHES.length());
                blocks.add(reader.block(line.substring(BEGIN.length(), labelEnd)));
            }
        }
        return blocks;
    }

    /** A shell's {@code echo $KEY} leaves one line of a whole key. */
    private void requireNothingBehind(String line, int labelLineEnd) throws TlsException {
        if (line.length() > labelLineEnd) {
            throw new TlsException(
                    ErrorReason.BAD_END_LINE,
                    source + ": text follows the BEGIN line's dashes in line " + at
                            + ", where the line has to end; have the line breaks been lost?");
        }
    }

    private PemBlock block(String label) throws TlsException {
        int begin = at;
        Map<String, String> headers = headers();
        StringBuilder base64 = new StringBuilder();
        for (; at < lines.length; at++) {
            String line = lines[at].trim();
            if (line.startsWith(DASHES)) {
                if (!line.equals(END + label + DASHES)) {
                    throw failure(
                            ErrorReason.BAD_END_LINE,
                            label,
                            begin,
                            "ends in line " + (at + 1) + " with something else than its END line");
                }
                at++;
                return new PemBlock(label, headers, decode(base64, label, begin), begin);
            }
            base64.append(line);
        }
        throw failure(ErrorReason.BAD_END_LINE, label, begin, "has no END line");
    }

    /** RFC 1421: headers stand before an empty line; a value goes on in lines that begin with a blank. */
    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        String name = "";
        int start = at;
        for (int i = at; i < lines.length; i++) {
            String line = lines[i];
            int colon = line.indexOf(':');
            if (line.trim().isEmpty() && !headers.isEmpty()) {
                at = i + 1;
                return headers;
            }
            if (colon > 0) {
                name = line.substring(0, colon).trim();
                headers.put(name, line.substring(colon + 1).trim());
            } else if (!headers.isEmpty() && line.startsWith(" ")) {
                headers.merge(name, line.trim(), String::concat);
            } else {
                break;
            }
        }
        at = start;
        return new HashMap<>();
    }

    private byte[] decode(CharSequence base64, String label, int line) throws TlsException {
        try {
            byte[] content = Base64.getDecoder().decode(base64.toString());
            if (content.length == 0) {
                throw failure(ErrorReason.BAD_BASE64_DECODE, label, line, "is empty");
            }
            return content;
        } catch (IllegalArgumentException e) {
            // The decoder's message quotes the input, which may be a key.
            throw failure(ErrorReason.BAD_BASE64_DECODE, label, line, "is not Base64");
        }
    }

    private TlsException failure(ErrorReason reason, String label, int line, String what) {
        return new TlsException(reason, source + ": the " + Excerpt.of(label) + " block in line " + line + " " + what);
    }
}
