package io.omnitls.internal.javax;

import io.omnitls.internal.given.Bystander;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Who wants to hear that a socket's handshake is complete: all of them do, once. */
public final class HandshakeListeners {
    private final List<HandshakeCompletedListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean told = new AtomicBoolean(); // by one of the threads that may find it complete

    public void add(HandshakeCompletedListener listener) {
        listeners.add(listener);
    }

    public void remove(HandshakeCompletedListener listener) {
        if (!listeners.remove(listener)) {
            throw new IllegalArgumentException("the listener was not added");
        }
    }

    /** Tells them, unless they were told before. */
    public void completed(SSLSocket socket, SSLSession session) {
        if (told.get() || !told.compareAndSet(false, true)) {
            return;
        }
        for (HandshakeCompletedListener listener : listeners) {
            Bystander.tell(() -> listener.handshakeCompleted(new HandshakeCompletedEvent(socket, session)));
        }
    }
}
