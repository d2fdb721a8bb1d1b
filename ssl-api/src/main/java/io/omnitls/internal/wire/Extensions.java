package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello.Extension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The extensions block of a hello (RFC 8446 section 4.2) and the numbers that are read here. */
final class Extensions {
    static final int SERVER_NAME = 0;
    static final int SUPPORTED_GROUPS = 10;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int APPLICATION_LAYER_PROTOCOL_NEGOTIATION = 16;
    static final int PRE_SHARED_KEY = 41;
    static final int SUPPORTED_VERSIONS = 43;
    static final int KEY_SHARE = 51;

    private Extensions() {}

    /**
     * Reads the block, which may be absent, at the end of a hello.
     *
     * <pre>
     * struct {
     *     ExtensionType extension_type;
     *     opaque extension_data<0..2^16-1>;
     * } Extension;
     * Extension extensions<0..2^16-1>;
     * </pre>
     */
    static List<Extension> read(WireReader hello) throws TlsException {
        List<Extension> extensions = new ArrayList<>();
        if (hello.atEnd()) {
            return extensions;
        }
        Set<Integer> seen = new HashSet<>();
        WireReader block = hello.part16("the list of extensions");
        while (!block.atEnd()) {
            int type = block.uint16();
            if (!seen.add(type)) {
                // RFC 8446 4.2: there MUST NOT be more than one extension of the same type in a block.
                throw WireReader.failure(
                        ErrorReason.BAD_EXTENSION,
                        AlertDescription.ILLEGAL_PARAMETER,
                        "the extension " + type + " was sent twice");
            }
            extensions.add(new Extension(type, block.bytes(block.uint16())));
        }
        hello.requireEnd();
        return extensions;
    }

    /** A reader over the data of the extension of this type, or empty when it was not sent. */
    static Optional<WireReader> find(List<Extension> extensions, int type, String name) {
        return extensions.stream()
                .filter(extension -> extension.type() == type)
                .findFirst()
                .map(extension -> WireReader.of(extension.data(), "the extension " + name));
    }
}
