package io.omnitls.spi;

import io.omnitls.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Keying material that is to be exported (RFC 5705), and how it is derived where the backend has no exporter.
 *
 * @param label what it is for, 1 to 249 printable ASCII characters
 * @param context what is mixed in, up to 65535 bytes; empty for none, which in TLS 1.2 is not the same as no bytes
 * @param length how many bytes, 1 to 8160
 */
public record KeyingMaterialSpec(String label, Optional<Bytes> context, int length) {
    /** The cryptography that the key schedule of TLS 1.3 is made of, with the hash of the connection's cipher suite. */
    public interface Hkdf {
        /** The hash of {@code content}. */
        byte[] hash(byte[] content) throws SSLException;

        /** HKDF-Expand (RFC 5869 section 2.3) of {@code secret}, which stays the caller's to wipe. */
        byte[] expand(byte[] secret, HkdfLabel info) throws SSLException;
    }

    /**
     * What the PRF of TLS 1.2 is given beside the label and the master secret (RFC 5705 section 4):
     *
     * <pre>
     * SecurityParameters.client_random + SecurityParameters.server_random [ + context_value_length + context_value ]
     * </pre>
     */
    public byte[] seed(Bytes clientRandom, Bytes serverRandom) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        write(seed, clientRandom);
        write(seed, serverRandom);
        context.ifPresent(value -> {
            seed.write(value.size() >> 8);
            seed.write(value.size());
            write(seed, value);
        });
        return seed.toByteArray();
    }

    /**
     * The material of a connection of TLS 1.3 (RFC 8446 section 7.5):
     *
     * <pre>
     * HKDF-Expand-Label(Derive-Secret(exporter_secret, label, ""), "exporter", Hash(context_value), key_length)
     * </pre>
     */
    public byte[] expandedFrom(byte[] exporterSecret, Hkdf hkdf) throws SSLException {
        Bytes nothing = Bytes.copyOf(hkdf.hash(new byte[0]));
        Bytes hashed = Bytes.copyOf(hkdf.hash(context.map(Bytes::toByteArray).orElse(new byte[0])));
        byte[] derived = hkdf.expand(exporterSecret, new HkdfLabel(nothing.size(), label, nothing));
        try {
            return hkdf.expand(derived, new HkdfLabel(length, "exporter", hashed));
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static void write(ByteArrayOutputStream out, Bytes bytes) {
        out.write(bytes.toByteArray(), 0, bytes.size());
    }
}
