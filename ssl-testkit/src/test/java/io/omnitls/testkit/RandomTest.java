package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.Tls;
import io.omnitls.TlsProviders;
import io.omnitls.protocol.Bytes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions about randomness, which go to the preferred provider. */
class RandomTest {

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt", "bcfips"})
    void whatIsAddedComesOnTopOfTheGeneratorsOwn(String provider) {
        preferring(Optional.of(provider), () -> {
            assertTrue(Tls.randomStatus());
            Set<Bytes> seen = new HashSet<>();
            byte[] seed = {1, 2, 3};
            for (int i = 0; i < 100; i++) {
                Tls.randomAdd(seed);
                seen.add(Bytes.copyOf(Tls.randomBytes(16)));
            }
            Tls.randomAdd(new byte[0]);
            Tls.randomAdd(new byte[100_000]);
            assertEquals(100, seen.size(), "the same seed must not lead to the same bytes");
            assertEquals(Bytes.copyOf(new byte[] {1, 2, 3}), Bytes.copyOf(seed), "the seed is the caller's");
        });
    }

    @Test
    void withoutTheProviderThereIsNone() {
        preferring(Optional.of("nobody"), () -> assertFalse(Tls.randomStatus()));
        preferring(Optional.empty(), () -> assertTrue(Tls.randomStatus()));
    }

    private static void preferring(Optional<String> provider, Runnable test) {
        Optional<String> before = Optional.ofNullable(System.getProperty(TlsProviders.PROPERTY));
        set(provider);
        try {
            test.run();
        } finally {
            set(before);
        }
    }

    private static void set(Optional<String> provider) {
        if (provider.isPresent()) {
            System.setProperty(TlsProviders.PROPERTY, provider.get());
        } else {
            System.clearProperty(TlsProviders.PROPERTY);
        }
    }
}
