package io.omnitls.testkit.wire;

import io.omnitls.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A ClientHello or ServerHello taken to pieces, to be changed and put together again: nothing is checked. */
public final class EditableHello {
    private static final int CLIENT_HELLO = 1;
    private static final int HEADER = 4;

    /**
     * One extension.
     *
     * @param type the number of the IANA registry
     * @param data the bytes of {@code extension_data}
     */
    public record Extension(int type, Bytes data) {
        /** One with these bytes. */
        public static Extension of(int type, byte... data) {
            return new Extension(type, Bytes.copyOf(data));
        }
    }

    private final int messageType;

    /** The {@code legacy_version}. */
    public int legacyVersion;

    /** The random number, 32 bytes unless it is to be wrong. */
    public byte[] random;

    /** The {@code legacy_session_id}, or its echo. */
    public byte[] sessionId;

    /** Those of a client; a server has one. */
    public List<Integer> cipherSuites = new ArrayList<>();

    /** Those of a client; a server has one. */
    public byte[] compressionMethods;

    /** In their order. */
    public final List<Extension> extensions = new ArrayList<>();

    private EditableHello(int messageType, ByteBuffer body) {
        this.messageType = messageType;
        this.legacyVersion = body.getShort() & 0xffff;
        this.random = bytes(body, 32);
        this.sessionId = bytes(body, body.get() & 0xff);
        int suites = client() ? (body.getShort() & 0xffff) / 2 : 1;
        for (int i = 0; i < suites; i++) {
            cipherSuites.add(body.getShort() & 0xffff);
        }
        this.compressionMethods = bytes(body, client() ? body.get() & 0xff : 1);
        if (body.remaining() > 2) {
            body.getShort();
        }
        while (body.remaining() >= 4) {
            int type = body.getShort() & 0xffff;
            extensions.add(Extension.of(type, bytes(body, body.getShort() & 0xffff)));
        }
    }

    /** The hello that is the first handshake message of the first record in {@code flight}. */
    public static EditableHello in(byte[] flight) {
        ByteBuffer record = ByteBuffer.wrap(flight, Records.HEADER, flight.length - Records.HEADER);
        int header = record.getInt();
        return new EditableHello(header >>> 24, ByteBuffer.wrap(flight, Records.HEADER + HEADER, header & 0xffffff));
    }

    private boolean client() {
        return messageType == CLIENT_HELLO;
    }

    private static byte[] bytes(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    /** Puts an extension in the place of the one of its type, or adds it. */
    public EditableHello with(int type, byte... data) {
        for (int i = 0; i < extensions.size(); i++) {
            if (extensions.get(i).type() == type) {
                extensions.set(i, Extension.of(type, data));
                return this;
            }
        }
        extensions.add(Extension.of(type, data));
        return this;
    }

    /** Takes an extension out. */
    public EditableHello without(int type) {
        extensions.removeIf(extension -> extension.type() == type);
        return this;
    }

    /** The data of an extension. */
    public byte[] extension(int type) {
        return extensions.stream()
                .filter(extension -> extension.type() == type)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the hello has no extension " + type))
                .data()
                .toByteArray();
    }

    /** The handshake message. */
    public byte[] message() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, 2, legacyVersion);
        body.writeBytes(random);
        vector(body, 1, sessionId);
        ByteArrayOutputStream suites = new ByteArrayOutputStream();
        cipherSuites.forEach(suite -> number(suites, 2, suite));
        if (client()) {
            vector(body, 2, suites.toByteArray());
            vector(body, 1, compressionMethods);
        } else {
            body.writeBytes(suites.toByteArray());
            body.writeBytes(compressionMethods);
        }
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (Extension extension : extensions) {
            number(block, 2, extension.type());
            vector(block, 2, extension.data().toByteArray());
        }
        vector(body, 2, block.toByteArray());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(messageType);
        vector(message, 3, body.toByteArray());
        return message.toByteArray();
    }

    /** The message in one record. */
    public byte[] record() {
        return Records.of(Records.HANDSHAKE, message());
    }

    /** The flight with this hello in the place of its first record. */
    public byte[] inPlaceOfFirst(byte[] flight) {
        int first = Records.HEADER + Records.length(flight, 0);
        return Records.concat(record(), Arrays.copyOfRange(flight, first, flight.length));
    }

    private static void number(ByteArrayOutputStream out, int size, int value) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            out.write(value >> shift);
        }
    }

    private static void vector(ByteArrayOutputStream out, int size, byte[] content) {
        number(out, size, content.length);
        out.writeBytes(content);
    }
}
