package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One attribute of a distinguished name.
 *
 * @param type its object identifier with dots
 * @param tag the type of string that the value is written in
 * @param content the value without tag and length
 */
public record Attribute(String type, int tag, Bytes content) {
    public static final String COMMON_NAME = "2.5.4.3";
    public static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

    static final int UTF8_STRING = 0x0c;
    private static final int BMP_STRING = 0x1e;

    /** Where bytes stand for characters: T61String too is Latin-1 to OpenSSL, and nobody ever wrote anything else. */
    private static final Map<Integer, Charset> CHARSETS = Map.of(
            UTF8_STRING,
            StandardCharsets.UTF_8,
            0x13,
            StandardCharsets.ISO_8859_1, // PrintableString
            0x14,
            StandardCharsets.ISO_8859_1, // T61String
            0x16,
            StandardCharsets.ISO_8859_1, // IA5String
            0x1c,
            Charset.forName("UTF-32BE"), // UniversalString
            BMP_STRING,
            StandardCharsets.UTF_16BE);

    /** The types that a name's value may have in OpenSSL ({@code B_ASN1_PRINTABLE}), beside those with a character set. */
    private static final int NUMERIC_STRING = 0x12;

    /** The usual short names (RFC 4514 section 3 and OpenSSL's). */
    private static final Map<String, String> SHORT_NAMES = Map.ofEntries(
            Map.entry(COMMON_NAME, "CN"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "STREET"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry(EMAIL_ADDRESS, "emailAddress"));

    /** {@code AttributeTypeAndValue ::= SEQUENCE { type OBJECT IDENTIFIER, value ANY }}. */
    static Attribute read(DerReader set) throws DerException {
        DerReader attribute = set.enter(DerReader.SEQUENCE);
        String type = attribute.oid();
        int tag = attribute.peek();
        boolean allowed = CHARSETS.containsKey(tag)
                || tag == NUMERIC_STRING
                || tag == DerReader.BIT_STRING
                || tag == DerReader.SEQUENCE;
        if (!allowed) {
            throw new DerException("the value of a name's attribute " + Excerpt.oid(type) + " has the tag " + tag);
        }
        Attribute found = new Attribute(type, tag, Bytes.copyOf(attribute.content(tag)));
        attribute.requireEnd();
        return found;
    }

    /**
     * The value as text; empty when its type is none of text.
     *
     * @throws DerException when the bytes are none of the type
     */
    Optional<String> characters() throws DerException {
        Charset charset = CHARSETS.get(tag);
        if (charset == null) {
            return Optional.empty();
        }
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content.toByteArray()))
                    .toString();
            // A BMPString has characters of two bytes alone: a pair of surrogates is not one of them.
            if (tag == BMP_STRING && text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
                throw new DerException("a BMPString with a surrogate in a name");
            }
            return Optional.of(text);
        } catch (CharacterCodingException malformed) {
            throw new DerException(
                    "a name's attribute " + Excerpt.oid(type) + " has bytes that are no text of its type");
        }
    }

    /** The value, if it is text in one of the types of strings; a name that was read has no other bytes in them. */
    public Optional<String> string() {
        if (tag == NUMERIC_STRING) { // text, though names with it are compared as they stand
            return Optional.of(new String(content.toByteArray(), StandardCharsets.ISO_8859_1));
        }
        try {
            return characters();
        } catch (DerException impossible) {
            throw new AssertionError("a name was read with bytes that are no text", impossible);
        }
    }

    /** The value for people; bytes that are no text stand as Latin-1. */
    public String text() {
        return string().orElseGet(() -> new String(content.toByteArray(), StandardCharsets.ISO_8859_1));
    }

    /** For messages: on one line and without what could play tricks on a terminal. */
    @Override
    public String toString() {
        return SHORT_NAMES.getOrDefault(type, Excerpt.oid(type)) + "=" + Excerpt.name(text());
    }
}
