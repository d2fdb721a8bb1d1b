package io.omnitls.internal.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Takes as many bytes as a test gives it room for, and hands out all that has arrived. */
final class NarrowTransport implements Transport {
    int room;
    int closed;
    private boolean ended;
    private byte[] incoming = new byte[0];
    private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();

    void arrives(int... bytes) {
        byte[] all = Arrays.copyOf(incoming, incoming.length + bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            all[incoming.length + i] = (byte) bytes[i];
        }
        incoming = all;
    }

    void arrives(byte[] record) {
        for (byte one : record) {
            arrives(one);
        }
    }

    void end() {
        ended = true;
    }

    byte[] sent() {
        byte[] sent = outgoing.toByteArray();
        outgoing.reset();
        return sent;
    }

    void skip(int length) {
        byte[] sent = sent();
        outgoing.write(sent, length, sent.length - length);
    }

    @Override
    public void send(ByteBuffer records, Deadline deadline) {
        offer(records);
    }

    @Override
    public boolean blocking() {
        return false;
    }

    @Override
    public void close() {
        closed++;
    }

    @Override
    public void offer(ByteBuffer records) {
        for (; room > 0 && records.hasRemaining(); room--) {
            outgoing.write(records.get());
        }
    }

    @Override
    public int receive(ByteQueue inbound, int missing, Deadline deadline) {
        int received = ended ? END : incoming.length;
        inbound.put(incoming);
        incoming = new byte[0];
        return received;
    }
}
