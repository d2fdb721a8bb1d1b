package io.omnitls.testkit.net;

import io.omnitls.TlsConnection;
import io.omnitls.protocol.Role;
import java.io.Closeable;
import java.io.IOException;

/**
 * A client and a server that are connected over one kind of transport, and what a contract does with them whatever that
 * is. Where a connection would have to wait for bytes that were sent, a link waits; an operation that waits for what
 * nobody sent is an {@code AssertionError}, never a hang.
 */
public interface Link extends Closeable {
    /** The client or the server. */
    TlsConnection end(Role role);

    /** The role of the other end. */
    static Role peer(Role role) {
        return role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
    }

    /**
     * Drives the handshake on both ends. An end that fails ends its transport, as an application does, after it has sent
     * its alert.
     */
    BioPair.Outcome handshake() throws IOException;

    /** Sends {@code data} from one end, reads so much at the other end while that goes on, and returns what arrived. */
    byte[] send(Role from, byte[] data) throws IOException;

    /** Writes little: what the transport takes although nobody reads. */
    void write(Role from, byte[] data) throws IOException;

    /** Reads what is there, at least a byte and at most {@code limit}; nothing at the end of the data. */
    byte[] read(Role to, int limit) throws IOException;

    /** Sends close_notify and does not wait for the peer's. */
    void closeOutput(Role from) throws IOException;

    /** Ends TLS at one end, which has received the peer's close_notify or will without having to wait. */
    void unwrap(Role role) throws IOException;

    /** Lets {@code bytes} more of what this end sends arrive; then its transport ends. */
    void cutAfter(Role from, int bytes) throws IOException;

    /** Whether the end of what {@link #cutAfter} let through was reached, so that something was lost. */
    boolean lost(Role from);
}
