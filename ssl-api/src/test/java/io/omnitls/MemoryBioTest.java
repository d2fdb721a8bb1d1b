package io.omnitls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MemoryBioTest {
    private static final int FULL = 16 << 20;

    /** Moving 16 MiB for each of these calls takes minutes. */
    @Test
    @Timeout(20)
    void aCallCostsTheSameHoweverMuchIsQueued() throws Exception {
        MemoryBio bio = new MemoryBio();
        byte[] piece = new byte[1024];
        for (int sent = 0; sent < FULL; sent += piece.length) {
            bio.write(piece);
        }
        for (int turn = 0; turn < 200_000; turn++) {
            piece[0] = (byte) turn;
            bio.write(piece);
            assertEquals(piece.length, bio.read(piece.length).length);
        }
        assertEquals(FULL, bio.pending());
        int oldest = 200_000 - FULL / piece.length;
        assertEquals((byte) oldest, bio.read(1)[0]);
    }

    /** As above, where single bytes go in and large pieces come out, and the other way round. */
    @Test
    @Timeout(20)
    void smallAndLargePiecesMix() throws Exception {
        MemoryBio bio = new MemoryBio();
        bio.write(new byte[FULL]);
        for (int turn = 0; turn < 1000; turn++) {
            for (int i = 0; i < 1000; i++) {
                bio.write(new byte[] {(byte) i});
            }
            ByteBuffer target = ByteBuffer.allocate(1000);
            assertEquals(1000, bio.read(target));
        }
        byte[] large = new byte[1000];
        for (int turn = 0; turn < 1000; turn++) {
            bio.write(large);
            for (int i = 0; i < 1000; i++) {
                bio.read(1);
            }
        }
        assertEquals(FULL, bio.pending());
    }

    @Test
    void theEndComesBehindWhatIsQueued() throws Exception {
        MemoryBio bio = new MemoryBio();
        bio.write(new byte[] {1, 2});
        bio.writeEof();
        assertEquals(
                ErrorReason.PROTOCOL_IS_SHUTDOWN,
                assertThrows(TlsException.class, () -> bio.write(new byte[1])).reason());
        assertArrayEquals(new byte[] {1, 2}, bio.read());
        assertTrue(bio.eof());
    }
}
