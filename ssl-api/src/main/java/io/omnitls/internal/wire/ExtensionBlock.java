package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello.Extension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The extensions of one hello message in the order they were sent, none twice. */
final class ExtensionBlock {
    private final String message;
    private final Map<Integer, WireReader> extensions; // each before its data

    private ExtensionBlock(String message, Map<Integer, WireReader> extensions) {
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
        Map<Integer, WireReader> extensions = new LinkedHashMap<>();
        if (hello.hasRemaining()) {
            WireReader block = hello.vector16(0, "extensions");
            hello.finish();
            while (block.hasRemaining()) {
                int type = block.uint16("extension_type");
                WireReader data = block.vector16(0, "extension_data");
                if (extensions.put(type, data) != null) {
                    // RFC 8446 4.2: there must not be more than one extension of the same type.
                    throw Refusal.of(
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
        WireReader data = extensions.get(type);
        if (data == null) {
            return Optional.empty();
        }
        WireReader reader = data.again("extension " + type + " of " + message, ErrorReason.BAD_EXTENSION);
        T value = decoder.decode(reader);
        reader.finish();
        return Optional.of(value);
    }

    boolean contains(int type) {
        return extensions.containsKey(type);
    }

    /** The types of the extensions. */
    List<Integer> types() {
        return List.copyOf(extensions.keySet());
    }

    /** The extensions with their undecoded data. */
    List<Extension> toList() {
        List<Extension> inOrder = new ArrayList<>(extensions.size());
        for (Map.Entry<Integer, WireReader> extension : extensions.entrySet()) {
            WireReader data = extension.getValue().again(message, ErrorReason.BAD_EXTENSION);
            inOrder.add(new Extension(extension.getKey(), data.rest()));
        }
        return inOrder;
    }

    /** Reads the data of one extension. */
    interface Decoder<T> {
        T decode(WireReader data) throws TlsException;
    }
}
