package io.omnitls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Beside ssl-api's own tests stands no provider. */
class NoProviderTest {
    @Test
    void withoutAProviderThereIsNoRandomness() {
        assertFalse(Tls.randomStatus());
        assertThrows(IllegalStateException.class, () -> Tls.randomAdd(new byte[] {1}));
        assertThrows(IllegalStateException.class, () -> Tls.randomBytes(1));
    }
}
