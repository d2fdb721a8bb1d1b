package io.omnitls.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.protocol.Role;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what tshark reads. */
class PcapTest {
    private static final String[] CHECKSUMS = {"-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"};

    @TempDir
    Path directory;

    @Test
    void aSequenceNumberFollowsFromTheBytesBefore() throws Exception {
        Pcap pcap = new Pcap();
        pcap.sent(Role.CLIENT, new byte[1400 + 7]);
        pcap.sent(Role.SERVER, new byte[3]);
        Path file = directory.resolve("connection.pcap");
        pcap.write(file);
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(file));
        assertEquals(0xa1b2c3d4, written.getInt(0));
        assertEquals(101, written.getInt(20));
        int[] sequences = {1000, 5000, 1001, 1001, 2401, 5001};
        int[] acknowledged = {0, 1001, 5001, 5001, 5001, 2408};
        int[] lengths = {0, 0, 0, 1400, 7, 3};
        int at = 24;
        for (int i = 0; i < sequences.length; i++) {
            assertEquals(40 + lengths[i], written.getInt(at + 8), "packet " + i);
            assertEquals(sequences[i], written.getInt(at + 16 + 24), "packet " + i);
            assertEquals(acknowledged[i], written.getInt(at + 16 + 28), "packet " + i);
            at += 16 + written.getInt(at + 8);
        }
        assertEquals(written.capacity(), at);
    }

    @Test
    void tsharkSeesTheServerNameOfAConnectionInMemory() throws Exception {
        TestAuthority authority = TestAuthority.create("Test Root");
        ClientContext client =
                ClientContext.builder().verifyLocations(authority.trust()).build();
        ServerContext server =
                ServerContext.createDefault(authority.server(KeyKind.EC).credentials());
        Pcap pcap = new Pcap();
        try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.of(100, 1))) {
            pair.recordTo(pcap);
            assertTrue(pair.handshake().completed());
        }
        Path file = directory.resolve("connection.pcap");
        pcap.write(file);
        String names = Tshark.read(file, "-T", "fields", "-e", "tls.handshake.extensions_server_name");
        assertEquals(1, names.lines().filter(TestAuthority.SERVER_NAME::equals).count(), names);
        // 2 is the ServerHello.
        String hello = Tshark.read(file, "-Y", "tls.handshake.type == 2", "-T", "fields", "-e", "tcp.srcport");
        assertEquals(1, hello.lines().filter("443"::equals).count(), hello);
    }

    @Test
    void tsharkFindsNothingWrong() throws Exception {
        Pcap pcap = new Pcap();
        pcap.sent(Role.CLIENT, "an odd number of bytes.".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        pcap.sent(Role.SERVER, new byte[5000]);
        pcap.sent(Role.CLIENT, new byte[] {1, 2});
        Path file = directory.resolve("connection.pcap");
        pcap.write(file);
        String good = read(file, "ip.checksum.status == 1 && tcp.checksum.status == 1");
        assertEquals(
                9,
                good.lines().filter("10.0.0.1"::equals).count()
                        + good.lines().filter("10.0.0.2"::equals).count(),
                good);
        String odd = read(file, "tcp.analysis.flags");
        assertTrue(odd.lines().noneMatch(line -> line.startsWith("10.0.0.")), odd);
    }

    private static String read(Path file, String filter) throws Exception {
        return Tshark.read(
                file,
                CHECKSUMS[0],
                CHECKSUMS[1],
                CHECKSUMS[2],
                CHECKSUMS[3],
                "-Y",
                filter,
                "-T",
                "fields",
                "-e",
                "ip.src");
    }
}
