package io.omnitls.testkit.net;

import io.omnitls.protocol.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What both ends of one connection sent, as if it had been captured on a network: Wireshark and {@code tshark} read the
 * file that {@link #write} makes. The server listens on port 443, the client has port {@value #CLIENT_PORT}. Thread-safe.
 *
 * <pre>
 * file   ::= magic major minor zone(4) accuracy(4) snaplen(4) linktype(4) packet*
 * packet ::= seconds(4) microseconds(4) captured(4) length(4) ipv4 tcp data
 * </pre>
 */
public final class Pcap {
    /** The port of the client. */
    public static final int CLIENT_PORT = 50000;

    private static final int SERVER_PORT = 443;
    private static final int SEGMENT = 1400;

    private final End client = new End(CLIENT_PORT, 0x0a000001, 1000);
    private final End server = new End(SERVER_PORT, 0x0a000002, 5000);
    private final List<byte[]> packets = new ArrayList<>(); // in the order they were sent

    /** One end's addresses and how far it has come. */
    private static final class End {
        final int port;
        final int address;
        int next; // the sequence number of the next byte, modulo 2^32

        End(int port, int address, int initial) {
            this.port = port;
            this.address = address;
            this.next = initial;
        }
    }

    /** A connection that was just established. */
    public Pcap() {
        // RFC 9293 section 3.5: SYN takes a sequence number.
        segment(client, server, SYN, new byte[0]);
        client.next++;
        segment(server, client, SYN | ACK, new byte[0]);
        server.next++;
        segment(client, server, ACK, new byte[0]);
    }

    /** Adds the bytes that one end sent next; nothing when there are none. */
    public synchronized void sent(Role sender, byte[] bytes) {
        End from = sender == Role.CLIENT ? client : server;
        End to = sender == Role.CLIENT ? server : client;
        for (int at = 0; at < bytes.length; at += SEGMENT) {
            byte[] data = new byte[Math.min(SEGMENT, bytes.length - at)];
            System.arraycopy(bytes, at, data, 0, data.length);
            segment(from, to, PSH | ACK, data);
            from.next += data.length;
        }
    }

    /** Writes what was added so far; a file that exists is replaced. */
    public synchronized void write(Path file) throws IOException {
        int size = packets.stream().mapToInt(packet -> 16 + packet.length).sum();
        ByteBuffer out = ByteBuffer.allocate(24 + size);
        out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        out.putInt(0xffff).putInt(LINKTYPE_RAW);
        for (int i = 0; i < packets.size(); i++) {
            byte[] packet = packets.get(i);
            // A microsecond after the other: readers sort by time.
            out.putInt(i / 1_000_000).putInt(i % 1_000_000);
            out.putInt(packet.length).putInt(packet.length).put(packet);
        }
        Files.write(file, out.array());
    }

    private void segment(End from, End to, int flags, byte[] data) {
        int length = TCP_HEADER + data.length;
        ByteBuffer packet = ByteBuffer.allocate(IP_HEADER + length);
        // RFC 791 section 3.1, without options; a time to live of 64.
        packet.putShort((short) 0x4500).putShort((short) packet.capacity());
        packet.putInt(0).put((byte) 64).put((byte) PROTOCOL_TCP).putShort((short) 0);
        packet.putInt(from.address).putInt(to.address);
        // RFC 9293 section 3.1, without options; a window that is always open.
        packet.putShort((short) from.port).putShort((short) to.port);
        packet.putInt(from.next).putInt((flags & ACK) == 0 ? 0 : to.next);
        packet.putShort((short) (TCP_HEADER / 4 << 12 | flags))
                .putShort((short) 0xffff)
                .putInt(0);
        packet.put(data);
        packet.putShort(10, checksum(packet, 0, IP_HEADER, 0));
        // The addresses, the protocol and the length are summed up as well.
        packet.putShort(36, checksum(packet, 12, packet.capacity(), PROTOCOL_TCP + length));
        packets.add(packet.array());
    }

    /** RFC 1071: the complement of the sum in ones' complement; an odd byte is the high one of its pair. */
    private static short checksum(ByteBuffer packet, int from, int to, int start) {
        int sum = start;
        for (int i = from; i < to; i += 2) {
            sum += (packet.get(i) & 0xff) << 8 | (i + 1 < to ? packet.get(i + 1) & 0xff : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    private static final int LINKTYPE_RAW = 101;
    private static final int PROTOCOL_TCP = 6;
    private static final int IP_HEADER = 20;
    private static final int TCP_HEADER = 20;
    private static final int SYN = 2;
    private static final int PSH = 8;
    private static final int ACK = 16;
}
