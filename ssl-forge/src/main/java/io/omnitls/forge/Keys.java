package io.omnitls.forge;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A few keys of the JDK for tests that want {@link KeyPair}s; {@link KeyRing} has every kind. */
public final class Keys {
    private static final List<KeyPair> ALL = make();

    private Keys() {}

    /** Mostly P-256, now and then P-384, RSA with 1024 and with 2048 bits. */
    public static KeyPair pick(Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** A P-256 key; another for each number up to 7. */
    public static KeyPair p256(int number) {
        return ALL.get(number);
    }

    /** Four bytes that tell the key from all others here. */
    public static byte[] identifier(KeyPair key) {
        return new byte[] {(byte) ALL.indexOf(key), 1, 2, 3};
    }

    /** How the key signs here: with SHA-256. */
    public static Scheme scheme(KeyPair signer) {
        return Scheme.usual(signer.getPrivate());
    }

    private static List<KeyPair> make() {
        try {
            List<KeyPair> keys = new ArrayList<>();
            KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
            for (int i = 0; i < 10; i++) {
                ec.initialize(new ECGenParameterSpec(i < 8 ? "secp256r1" : "secp384r1"));
                keys.add(ec.generateKeyPair());
            }
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(1024);
            keys.add(rsa.generateKeyPair());
            rsa.initialize(2048);
            keys.add(rsa.generateKeyPair());
            return keys;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
