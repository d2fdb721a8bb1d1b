package io.omnitls.internal.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a connection's records go to and come from. One thread may receive while another sends or offers; any thread may
 * close, which frees those that wait here.
 */
public interface Transport extends Closeable {
    /** What {@link #receive} answers when the other end will send no more. */
    int END = -1;

    /**
     * So many bytes of the application are encrypted before their records are sent: large writes make few system calls, and
     * a small one waits for nothing.
     */
    int SEND_SIZE = 64 * 1024;

    /**
     * Sends from {@code records}. Whatever remains could not be sent without waiting; a blocking transport sends all.
     *
     * @throws java.net.SocketTimeoutException when {@code deadline} passes first; what remains was not taken, and what
     *     does not remain will be sent nevertheless
     */
    void send(ByteBuffer records, Deadline deadline) throws IOException;

    /** Sends from {@code records} what it can without letting the caller wait for the peer. */
    void offer(ByteBuffer records) throws IOException;

    /** Two queues in memory that an open connection works in; {@link #send} and {@link #receive} carry its handshake. */
    record Memory(SharedQueue incoming, SharedQueue outgoing) {}

    /** The queues of a transport that is memory; empty for all others. */
    default Optional<Memory> memory() {
        return Optional.empty();
    }

    /** Whether it would rather have what is outside of the heap, or does not mind: not one that needs arrays. */
    default boolean takesDirect() {
        return false;
    }

    /** Waits until what was {@linkplain #offer offered} is on its way, as nothing that is closed before would be. */
    default void settle(Deadline deadline) throws IOException {}

    /** Whether {@link #send} may wait for the peer. */
    boolean blocking();

    /**
     * Adds bytes to {@code inbound}.
     *
     * @param missing how many bytes the next step needs, at least 1; a transport may add more if it can hold them, and
     *     less if it has no more
     * @return how many were added; 0 when there are none without waiting; {@link #END}
     * @throws java.net.SocketTimeoutException when {@code deadline} passes first; nothing is lost, the call can be
     *     repeated
     */
    int receive(ByteQueue inbound, int missing, Deadline deadline) throws IOException;
}
