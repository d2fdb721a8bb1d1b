package io.omnitls.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CertificateMessageTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void whatIsEncodedIsParsed() throws Exception {
        for (int i = 0; i < 500; i++) {
            List<Bytes> certificates = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                byte[] bytes = new byte[random.nextInt(70_000)];
                random.nextBytes(bytes);
                certificates.add(Bytes.copyOf(bytes));
            }

            assertEquals(certificates, CertificateMessage.parse(Bytes.copyOf(encode(certificates))), "seed " + seed);
        }
    }

    @Test
    void everyPieceOfAMessageIsRefused() {
        byte[] whole = encode(List.of(Bytes.copyOf(new byte[5]), Bytes.copyOf(new byte[3])));
        for (int length = 0; length < whole.length; length++) {
            Bytes piece = Bytes.copyOf(whole, 0, length);

            TlsException refused = assertThrows(TlsException.class, () -> CertificateMessage.parse(piece));
            assertEquals(ErrorReason.LENGTH_MISMATCH, refused.reason());
        }
    }

    @Test
    void bytesBehindTheListAreRefused() {
        byte[] longer = new byte[4];

        assertThrows(TlsException.class, () -> CertificateMessage.parse(Bytes.copyOf(longer)));
    }

    private static byte[] encode(List<Bytes> certificates) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (Bytes certificate : certificates) {
            vector(list, certificate.toByteArray());
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        vector(message, list.toByteArray());
        return message.toByteArray();
    }

    private static void vector(ByteArrayOutputStream out, byte[] content) {
        out.write(content.length >> 16);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
    }
}
