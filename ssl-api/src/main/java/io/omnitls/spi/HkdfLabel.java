package io.omnitls.spi;

import io.omnitls.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a step of the key schedule of TLS 1.3 derives (RFC 8446 section 7.1): the {@code info} of HKDF-Expand.
 *
 * <pre>
 * struct {
 *     uint16 length = Length;
 *     opaque label&lt;7..255&gt; = "tls13 " + Label;
 *     opaque context&lt;0..255&gt; = Context;
 * } HkdfLabel;
 * </pre>
 *
 * @param length how many bytes are derived
 * @param label the label without "tls13 "
 * @param context most often the hash of the messages so far
 */
public record HkdfLabel(int length, String label, Bytes context) {
    private static final String PREFIX = "tls13 ";

    /** What {@code info} says; empty when it is none of TLS 1.3. */
    public static Optional<HkdfLabel> parse(byte[] info) {
        if (info.length < 4) {
            return Optional.empty();
        }
        int labelEnd = 3 + (info[2] & 0xff);
        if (labelEnd >= info.length || labelEnd + 1 + (info[labelEnd] & 0xff) != info.length) {
            return Optional.empty();
        }
        String label = new String(info, 3, labelEnd - 3, StandardCharsets.US_ASCII);
        return label.startsWith(PREFIX)
                ? Optional.of(new HkdfLabel(
                        (info[0] & 0xff) << 8 | (info[1] & 0xff),
                        label.substring(PREFIX.length()),
                        Bytes.copyOf(info, labelEnd + 1, info.length)))
                : Optional.empty();
    }

    /** The {@code info} that says so. */
    public byte[] encoded() {
        byte[] name = (PREFIX + label).getBytes(StandardCharsets.US_ASCII);
        byte[] hash = context.toByteArray();
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.write(length >> 8);
        info.write(length);
        info.write(name.length);
        info.write(name, 0, name.length);
        info.write(hash.length);
        info.write(hash, 0, hash.length);
        return info.toByteArray();
    }
}
