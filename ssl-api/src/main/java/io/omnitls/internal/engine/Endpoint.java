package io.omnitls.internal.engine;

import io.omnitls.error.TlsException;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.Role;
import io.omnitls.spi.TlsEngine;
import java.util.Optional;

/**
 * This end of one connection.
 *
 * @param role the part it plays
 * @param engine the backend's engine, ready for its first record
 * @param authentication who the peer has to be, and later who it is
 * @param fipsRequired whether a connection that is not approved has to fail
 * @param session what the context wants to know of its session
 * @param keyLog who writes down the engine's secrets, if anybody does
 */
public record Endpoint(
        Role role,
        TlsEngine engine,
        PeerAuthentication authentication,
        boolean fipsRequired,
        SessionWatch session,
        Optional<ConnectionKeyLog> keyLog) {

    /** Makes the client's end of a connection when the handshake begins: an engine may hold more than memory. */
    public interface Opener {
        /** Makes the end. */
        Endpoint open() throws TlsException;
    }

    /** Makes the server's end of a connection when the ClientHello is known. */
    public interface ForHello {
        /**
         * Chooses who answers {@code hello}.
         *
         * @throws TlsException when nobody does; its alert goes to the client
         */
        Endpoint accept(ClientHello hello) throws TlsException;
    }
}
