package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello.Extension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The extensions of one hello message in the order they were sent, none twice. */
final class ExtensionBlock {
    private final String message;
    private final Map<Integer, Bytes> extensions;

    private ExtensionBlock(String message, Map<Integer, Bytes> extensions) {
        this.message = message;
        this.extensions = extensions;
    }

    /**
     * Reads the end of {@code hello}. A hello of TLS 1.2 or older may have no block of extensions at all (RFC 5246
     * section 7.4.1.2).
     *
     * <pre>
     * struct {
     *     ExtensionType extension_type;
     *     opaque extension_data&lt;0..2^16-1&gt;;
     * } Extension;
     *
     * Extension extensions&lt;0..2^16-1&gt;;
     * </pre>
     */
    static ExtensionBlock read(WireReader hello, String message) throws TlsException {
        Map<Integer, Bytes> extensions = new LinkedHashMap<>();
        if (hello.hasRemaining()) {
            WireReader block = hello.vector16(0, "extensions");
            hello.finish();
            while (block.hasRemaining()) {
                int type = block.uint16("extension_type");
                Bytes data = block.opaque16(0, "extension_data");
                if (extensions.put(type, data) != null) {
                    // RFC 8446 4.2: there must not be more than one extension of the same type.
                    throw WireReader.refuse(
                            ErrorReason.BAD_EXTENSION,
                            AlertDescription.ILLEGAL_PARAMETER,
                            message + " has extension " + type + " twice, expected it once at most");
                }
            }
        }
        return new ExtensionBlock(message, extensions);
    }

    /** What {@code decoder} reads from this extension, all of whose data it must take; empty when it was not sent. */
    <T> Optional<T> decode(int type, Decoder<T> decoder) throws TlsException {
        Bytes data = extensions.get(type);
        if (data == null) {
            return Optional.empty();
        }
        WireReader reader = WireReader.of(data, "extension " + type + " of " + message, ErrorReason.BAD_EXTENSION);
        T value = decoder.decode(reader);
        reader.finish();
        return Optional.of(value);
    }

    boolean contains(int type) {
        return extensions.containsKey(type);
    }

    /** The extensions with their undecoded data. */
    List<Extension> toList() {
        return extensions.entrySet().stream()
                .map(entry -> new Extension(entry.getKey(), entry.getValue()))
                .collect(Collectors.toList());
    }

    /** Reads the data of one extension. */
    interface Decoder<T> {
        T decode(WireReader data) throws TlsException;
    }
}
