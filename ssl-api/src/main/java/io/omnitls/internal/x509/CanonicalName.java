package io.omnitls.internal.x509;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** The form in which OpenSSL compares names: strings as UTF-8 in lower case, with single spaces. */
public final class CanonicalName {
    private static final int UTF8_STRING = 0x0c;

    /** The string types that a name's canonical form turns into lower-case UTF-8 ({@code ASN1_MASK_CANON}). */
    private static final Map<Integer, Charset> STRINGS = Map.of(
            UTF8_STRING,
            StandardCharsets.UTF_8,
            0x13,
            StandardCharsets.US_ASCII, // PrintableString
            0x14,
            StandardCharsets.ISO_8859_1, // T61String, as OpenSSL reads it
            0x16,
            StandardCharsets.US_ASCII, // IA5String
            0x1a,
            StandardCharsets.US_ASCII, // VisibleString
            0x1c,
            Charset.forName("UTF-32BE"), // UniversalString
            0x1e,
            StandardCharsets.UTF_16BE); // BMPString

    private CanonicalName() {}

    /** {@code x509_name_canon}: the RDNs without the SEQUENCE around them. */
    public static byte[] of(X500Principal name) throws DerException {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        DerReader rdns = DerReader.of(name.getEncoded()).enter(DerReader.SEQUENCE);
        while (!rdns.atEnd()) {
            List<byte[]> attributes = new ArrayList<>();
            DerReader rdn = rdns.enter(DerReader.SET);
            while (!rdn.atEnd()) {
                DerReader attribute = rdn.enter(DerReader.SEQUENCE);
                byte[] type = attribute.element();
                attributes.add(DerWriter.sequence(type, value(attribute)));
            }
            // Bytes in order of their unsigned values (X.690 11.6).
            attributes.sort(Comparator.comparing(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)));
            byte[] set = DerWriter.element(DerReader.SET, attributes.toArray(new byte[0][]));
            canonical.write(set, 0, set.length);
        }
        return canonical.toByteArray();
    }

    private static byte[] value(DerReader attribute) throws DerException {
        int tag = attribute.peek();
        Charset charset = STRINGS.get(tag);
        if (charset == null) {
            return attribute.element();
        }
        String text = new String(attribute.content(tag), charset);
        return DerWriter.element(UTF8_STRING, normalized(text).getBytes(StandardCharsets.UTF_8));
    }

    /** Without white space at the ends, with one space for each run of it, and ASCII letters in lower case. */
    private static String normalized(String text) {
        StringBuilder normalized = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c >= '\t' && c <= '\r') {
                space = true;
                continue;
            }
            if (space && normalized.length() > 0) {
                normalized.append(' ');
            }
            space = false;
            normalized.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return normalized.toString();
    }
}
