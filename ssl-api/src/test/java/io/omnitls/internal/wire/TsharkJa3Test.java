package io.omnitls.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark computes JA3 too, and from the bytes: it judges the parser and the fingerprint. */
@Timeout(60)
class TsharkJa3Test {
    private static final int HELLOS = 300;

    @TempDir
    private Path directory;

    @Test
    void tshark_computes_the_same_fingerprints() throws Exception {
        Random random = new Random(3);
        List<ClientHello> hellos = new ArrayList<>();
        while (hellos.size() < HELLOS) {
            ClientHello hello = ClientHellos.next(random);
            if (hello.raw().size() < 10_000) {
                hellos.add(hello);
            }
        }
        assertEquals(
                hellos.stream()
                        .map(hello -> hello.ja3() + " " + hello.ja3Hash())
                        .collect(Collectors.toList()),
                byTshark(hellos));
    }

    private List<String> byTshark(List<ClientHello> hellos) throws Exception {
        Path capture = Files.write(directory.resolve("hellos.pcap"), capture(hellos));
        OpenSsl.Result result = OpenSsl.runCommand(List.of(
                "tshark",
                "-n",
                "-r",
                capture.toString(),
                "-T",
                "fields",
                "-E",
                "separator=/s", // a space
                "-e",
                "tls.handshake.ja3_full",
                "-e",
                "tls.handshake.ja3"));
        assertEquals(0, result.exitCode(), result.output());
        // Standard error is among the output, and says that root should not do this.
        return result.output().lines().filter(line -> line.matches("\\d+,.*")).collect(Collectors.toList());
    }

    /** A capture file of link type 101, raw IP, in which every hello is one packet of another connection to port 443. */
    private static byte[] capture(List<ClientHello> hellos) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new WireWriter()
                .uint16(0xa1b2) // magic number: big endian, microseconds
                .uint16(0xc3d4)
                .uint16(2)
                .uint16(4)
                .raw(zeros(8))
                .uint16(1) // snaplen 0x1ffff
                .uint16(0xffff)
                .uint16(0)
                .uint16(101)
                .bytes()
                .toByteArray());
        for (int i = 0; i < hellos.size(); i++) {
            Bytes packet = packet(1024 + i, WireWriter.record(22, hellos.get(i).raw()));
            file.writeBytes(new WireWriter()
                    .raw(zeros(8)) // time
                    .uint16(0)
                    .uint16(packet.size())
                    .uint16(0)
                    .vector16(packet)
                    .bytes()
                    .toByteArray());
        }
        return file.toByteArray();
    }

    /** IPv4 (RFC 791) and TCP (RFC 9293), without checksums, which tshark does not look at. */
    private static Bytes packet(int port, Bytes payload) {
        return new WireWriter()
                .uint16(0x4500)
                .uint16(40 + payload.size())
                .uint16(0)
                .uint16(0)
                .uint16(0x4006) // TTL 64, TCP
                .uint16(0)
                .raw(Bytes.copyOf(new byte[] {10, 0, 0, 1}))
                .raw(Bytes.copyOf(new byte[] {10, 0, 0, 2}))
                .uint16(port)
                .uint16(443)
                .raw(zeros(8)) // sequence and acknowledgment number
                .uint16(0x5018) // five words of header, PSH and ACK
                .uint16(0xffff)
                .raw(zeros(4))
                .raw(payload)
                .bytes();
    }

    private static Bytes zeros(int count) {
        return Bytes.copyOf(new byte[count]);
    }
}
