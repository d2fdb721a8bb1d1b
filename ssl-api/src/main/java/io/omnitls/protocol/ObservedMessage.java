package io.omnitls.protocol;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What an observer sees of a connection: a message that crosses in the clear, or the header of a record that is encrypted.
 * Immutable.
 *
 * @param connection a number that tells the connections of this process apart
 * @param sent whether this end sent it
 * @param version what the record says: {@code 0x0303} for TLS 1.2 and, as RFC 8446 section 5.1 has it, for TLS 1.3
 * @param contentType what the record carries: 20 change_cipher_spec, 21 alert, 22 handshake; of an encrypted record what it
 *     says, in TLS 1.3 always 23, application_data
 * @param messageType of a handshake message its {@code HandshakeType}, of an alert its description; empty of the others
 * @param encrypted whether {@code bytes} are the header of a record alone
 * @param bytes the message as it crossed, that of the handshake with its header of four bytes, however many records it was
 *     spread over; or the five bytes of a record's header
 */
public record ObservedMessage(
        long connection,
        boolean sent,
        int version,
        int contentType,
        OptionalInt messageType,
        boolean encrypted,
        Bytes bytes) {

    public ObservedMessage {
        Objects.requireNonNull(messageType, "messageType");
        Objects.requireNonNull(bytes, "bytes");
    }

    /** In the words of {@code openssl s_client -msg}: {@code >>> 0303, Handshake [length 004a], ServerHello}. */
    @Override
    public String toString() {
        return String.format(
                "%s %04x, %s [length %04x]%s",
                sent ? ">>>" : "<<<", version, kind(), length(), encrypted ? "" : name());
    }

    private int length() {
        return encrypted ? bytes.at(3) << 8 | bytes.at(4) : bytes.size();
    }

    private String kind() {
        return (encrypted ? "encrypted " : "") + MessageNames.contentType(contentType);
    }

    private String name() {
        if (!messageType.isPresent()) {
            return "";
        }
        int type = messageType.getAsInt();
        return ", " + (contentType == MessageNames.ALERT ? alert(type) : MessageNames.handshakeType(type));
    }

    private String alert(int description) {
        String level = bytes.at(0) == 2 ? "fatal " : "warning ";
        return level
                + AlertDescription.of(description)
                        .map(AlertDescription::rfcName)
                        .orElse(Integer.toString(description));
    }
}
