package io.omnitls.cli;

import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Accepts clients until the listening socket is closed, which nothing else ends. */
final class Reception {
    /** How long to wait when the system has no room for another connection: at first, and at most. */
    private static final int FIRST_PAUSE_MILLIS = 20;

    private static final int LONGEST_PAUSE_MILLIS = 1_000;

    private final TlsServerSocket listener;
    private final Guests guests;
    private final Consumer<Guest> service;
    private final Consumer<String> log;
    private int pauseMillis; // 0 while all is well

    Reception(TlsServerSocket listener, Guests guests, Consumer<Guest> service, Consumer<String> log) {
        this.listener = listener;
        this.guests = guests;
        this.service = service;
        this.log = log;
    }

    /** Serves each client on a thread of its own. */
    void run() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(); // the guests are limited, and with them the threads
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Future<?> endingStill = clock.scheduleWithFixedDelay(guests::endStill, 1, 1, TimeUnit.SECONDS);
        try {
            while (!listener.isClosed()) {
                acceptOne(threads);
            }
        } finally {
            endingStill.cancel(true);
            clock.shutdownNow();
            threads.shutdownNow();
        }
    }

    private void acceptOne(ExecutorService threads) throws InterruptedException {
        try {
            TlsSocket socket = listener.accept();
            serve(guests.admit(socket), threads);
            pauseMillis = 0;
        } catch (IOException | RuntimeException | OutOfMemoryError | LinkageError noRoom) {
            // EMFILE, ENFILE, ENOBUFS; no thread can be made, which Java calls out of memory, or no class be loaded.
            if (!listener.isClosed()) {
                pause(noRoom);
            }
        }
    }

    private void serve(Guest guest, ExecutorService threads) {
        try {
            threads.execute(() -> {
                try {
                    service.accept(guest);
                } finally {
                    guests.leave(guest);
                }
            });
        } catch (RuntimeException | OutOfMemoryError noThread) {
            // The one who called logs it and waits.
            guests.leave(guest);
            guest.end();
            throw noThread;
        }
    }

    private void pause(Throwable noRoom) throws InterruptedException {
        if (pauseMillis == 0) {
            log.accept("cannot take another client, and tries again: " + noRoom.getMessage());
        }
        pauseMillis = Math.min(Math.max(FIRST_PAUSE_MILLIS, 2 * pauseMillis), LONGEST_PAUSE_MILLIS);
        guests.makeRoom();
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
    }
}
