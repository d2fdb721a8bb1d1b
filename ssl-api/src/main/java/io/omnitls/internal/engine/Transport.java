package io.omnitls.internal.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a connection's records go to and come from. The two methods may be called at the same time. */
public interface Transport {
    /** What {@link #receive} answers when the other end will send no more. */
    int END = -1;

    /** Sends from {@code records}. Whatever remains could not be sent without waiting; a blocking transport sends all. */
    void send(ByteBuffer records) throws IOException;

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
