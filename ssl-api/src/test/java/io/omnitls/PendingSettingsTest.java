package io.omnitls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omnitls.protocol.Role;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PendingSettingsTest {
    private static final ConnectionSettings FIRST = ConnectionSettings.of(Role.SERVER, ConnectionOptions.none());

    private final PendingSettings pending = new PendingSettings(FIRST);

    @Test
    void whatIsInUseDoesNotChange() {
        ConnectionSettings other = FIRST.withAlpnProtocols(List.of("h2"));
        pending.change(other);
        assertEquals(other, pending.use());
        pending.change(other); // which says nothing new
        assertThrows(IllegalStateException.class, () -> pending.change(FIRST));
        assertEquals(other, pending.inForce());
    }

    /** The listener of a server is never in use: whoever comes second has the last word, and is not too late. */
    @Test
    void twoThreadsThatChangeThemDoNotDisturbEachOther() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> changeOften(together, "a"));
        changeOften(together, "b");
        other.get(60, TimeUnit.SECONDS);
    }

    private void changeOften(CyclicBarrier together, String prefix) {
        try {
            together.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < 20_000; i++) {
            pending.change(FIRST.withAlpnProtocols(List.of(prefix + i)));
        }
    }
}
