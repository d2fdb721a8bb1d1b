package io.omnitls.forge;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The string types that stand in names. */
public enum StringType {
    UTF8(0x0c, StandardCharsets.UTF_8),
    NUMERIC(0x12, StandardCharsets.US_ASCII),
    PRINTABLE(0x13, StandardCharsets.US_ASCII),
    T61(0x14, StandardCharsets.ISO_8859_1),
    IA5(0x16, StandardCharsets.US_ASCII),
    VISIBLE(0x1a, StandardCharsets.US_ASCII),
    UNIVERSAL(0x1c, Charset.forName("UTF-32BE")),
    BMP(0x1e, StandardCharsets.UTF_16BE);

    private final int tag;
    private final Charset charset;

    StringType(int tag, Charset charset) {
        this.tag = tag;
        this.charset = charset;
    }

    public byte[] encode(String text) {
        return encode(text.getBytes(charset));
    }

    /** A string of these bytes, whether or not they are one. */
    public byte[] encode(byte[] content) {
        return Der.element(tag, content);
    }
}
