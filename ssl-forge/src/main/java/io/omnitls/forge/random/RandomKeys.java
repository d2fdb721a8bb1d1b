package io.omnitls.forge.random;

import io.omnitls.forge.KeyRing;
import io.omnitls.forge.Scheme;
import io.omnitls.forge.SigningKey;

/** Keys and ways to sign with them. */
final class RandomKeys {
    private final Chance chance;

    RandomKeys(Chance chance) {
        this.chance = chance;
    }

    SigningKey key() {
        return chance.of(chance.oneIn(12) ? KeyRing.rare() : KeyRing.common());
    }

    Scheme scheme(SigningKey key) {
        return chance.oneIn(5) ? chance.of(key.schemes()) : key.scheme();
    }
}
