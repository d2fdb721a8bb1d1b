package io.omnitls;

import io.omnitls.protocol.ObservedMessage;

/**
 * Looks at what the connections of a context send and receive: Python's {@code SSLContext._msg_callback}, {@code openssl
 * s_client -msg}. It sees the messages that cross in the clear, whole and in their order, and of encrypted records the
 * headers. Nothing that is encrypted is shown, so it needs no secrets; but certificates and names of TLS 1.2, and the
 * names that clients ask for, are among what it sees.
 *
 * <p>Called on the thread that sends or receives, before the connection makes anything of it, for several connections at a
 * time and for both directions of one at a time; {@link ObservedMessage#connection} tells them apart. It must not wait for
 * the connection. What it throws changes nothing for the connection and goes to the thread's handler of uncaught
 * exceptions. A connection whose context has none pays nothing for it.
 */
@FunctionalInterface
public interface HandshakeObserver {

    /** Something has been sent or received. */
    void observed(ObservedMessage message);
}
