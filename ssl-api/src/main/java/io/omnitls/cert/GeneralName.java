package io.omnitls.cert;

import java.util.Objects;
import java.util.Optional;

/**
 * One name of a subjectAltName extension (RFC 5280 section 4.2.1.6), as Python's {@code getpeercert} shows it.
 *
 * @param kind {@code DNS}, {@code IP Address}, {@code URI}, {@code email}, {@code DirName}, {@code Registered ID} or
 *     {@code othername}
 * @param value the name as text; {@code <unsupported>} for an othername
 * @param directoryName the parts of a {@code DirName}
 */
public record GeneralName(String kind, String value, Optional<DistinguishedName> directoryName) {
    public GeneralName {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(directoryName, "directoryName");
    }

    /** A name that has no parts. */
    public GeneralName(String kind, String value) {
        this(kind, value, Optional.empty());
    }

    static GeneralName directory(DistinguishedName name) {
        return new GeneralName("DirName", name.toString(), Optional.of(name));
    }

    /** An address of 4 or 16 bytes as OpenSSL prints it: {@code 192.0.2.1}, {@code 2001:DB8:0:0:0:0:0:1}. */
    static String ipText(byte[] address) {
        StringBuilder text = new StringBuilder();
        if (address.length == 4) {
            for (byte part : address) {
                text.append(text.length() == 0 ? "" : ".").append(part & 0xff);
            }
            return text.toString();
        }
        if (address.length == 16) {
            for (int i = 0; i < 16; i += 2) {
                text.append(i == 0 ? "" : ":")
                        .append(Integer.toHexString((address[i] & 0xff) << 8 | address[i + 1] & 0xff)
                                .toUpperCase(java.util.Locale.ROOT));
            }
            return text.toString();
        }
        return "<invalid>";
    }
}
