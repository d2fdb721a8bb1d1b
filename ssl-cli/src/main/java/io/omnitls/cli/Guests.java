package io.omnitls.cli;

import io.omnitls.TlsSocket;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The connections of a server, never more than a limit. One in which nothing moves is ended when its time is up, and
 * sooner where another client waits for its place: clients that say nothing or read nothing keep nobody out.
 */
final class Guests {
    /** Below this a connection is taken to be at work, whoever waits. */
    private static final int PATIENCE_MILLIS = 2_000;

    private static final int LOOK_AGAIN_MILLIS = 100;

    private final Semaphore places;
    private final int maxStillMillis;
    private final Set<Guest> present = new HashSet<>(); // guarded by this

    Guests(int limit, int maxStillMillis) {
        this.places = new Semaphore(limit);
        this.maxStillMillis = maxStillMillis;
    }

    /** Takes a client in, after waiting for a place if need be. */
    Guest admit(TlsSocket socket) throws InterruptedException {
        while (!places.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            makeRoom();
        }
        Guest guest = new Guest(socket);
        synchronized (this) {
            present.add(guest);
        }
        return guest;
    }

    /** The client has gone; the second time this does nothing. */
    synchronized void leave(Guest guest) {
        if (present.remove(guest)) {
            places.release();
        }
    }

    /** Ends the connection in which nothing has moved for longest, if that is longer than patience has it. */
    void makeRoom() {
        endStillest(PATIENCE_MILLIS);
    }

    /** Ends all connections in which nothing has moved for too long. */
    void endStill() {
        while (endStillest(maxStillMillis)) {
            // One each turn.
        }
    }

    private boolean endStillest(int millis) {
        Optional<Guest> still = stillest(millis);
        still.ifPresent(guest -> {
            leave(guest);
            guest.end(); // outside of the lock: it waits for the thread that serves the guest
        });
        return still.isPresent();
    }

    private synchronized Optional<Guest> stillest(int millis) {
        return present.stream()
                .filter(guest -> guest.stillMillis() > millis)
                .max(Comparator.comparingLong(Guest::stillMillis));
    }
}
