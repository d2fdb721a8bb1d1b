package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The form in which OpenSSL compares names: strings as UTF-8 in lower case, with single spaces. */
final class CanonicalName {
    private CanonicalName() {}

    /** {@code x509_name_canon}: the RDNs without the SEQUENCE around them. */
    static Bytes of(List<List<Attribute>> rdns) throws DerException {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        for (List<Attribute> rdn : rdns) {
            List<byte[]> attributes = new ArrayList<>(rdn.size());
            for (Attribute attribute : rdn) {
                attributes.add(DerWriter.sequence(DerWriter.oid(attribute.type()), value(attribute)));
            }
            if (attributes.size() > 1) {
                // Bytes in order of their unsigned values (X.690 11.6).
                attributes.sort(Comparator.comparing(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)));
            }
            byte[] set = DerWriter.element(DerReader.SET, attributes.toArray(new byte[0][]));
            canonical.write(set, 0, set.length);
        }
        return Bytes.copyOf(canonical.toByteArray());
    }

    /** {@code asn1_string_canon}: what is no text is compared as it stands. */
    private static byte[] value(Attribute attribute) throws DerException {
        Optional<String> text = attribute.characters();
        return text.isEmpty()
                ? DerWriter.element(attribute.tag(), attribute.content().toByteArray())
                : DerWriter.element(
                        Attribute.UTF8_STRING, normalized(text.get()).getBytes(StandardCharsets.UTF_8));
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
            normalized.append(Ascii.lowerCase(c));
        }
        return normalized.toString();
    }
}
