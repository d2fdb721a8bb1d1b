package io.omnitls.jsse;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A look into SunJSSE's handshakes. SunJSSE asks the process-wide list of providers by name for all its cryptography,
 * so whoever stands first in that list sees the secrets pass by: this one, which lets SunJCE do the work. It goes
 * there for the first connection of a context that asks for what cannot be had otherwise, and has nothing to offer unless
 * an engine of such a context is asking: to everybody else it is as if it were not there, another connection that the
 * application makes inside of the engine's call included.
 *
 * <p>Where secrets show, found by experiment on JDK 17 and 25:
 *
 * <ul>
 *   <li>TLS 1.3: every step of the key schedule is HKDF-Expand, and that is a {@code Mac}: of SunJSSE's own class until JDK
 *       23, of SunJCE's {@code KDF} since JDK 24.
 *   <li>TLS 1.2: the keys come from a {@code KeyGenerator} named SunTls12KeyMaterial, whose parameters are no public
 *       class; but SunJCE's computes HMACs from {@code MessageDigest}s, the first of which sees the padded master
 *       secret. It is the only way that shows the secret of a session that was resumed from a ticket.
 *   <li>The Finished messages of TLS 1.2 come from SunTls12Prf.
 * </ul>
 *
 * <p>And where a server can be told what SunJSSE has no setting for: the group of finite-field Diffie-Hellman is the one
 * that the generator of its keys knows.
 */
final class JceObserver extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "OmniTlsObserver";
    private static final String DIFFIE_HELLMAN = "DiffieHellman";
    private static final Optional<Provider> SUN_JCE = Optional.ofNullable(Security.getProvider("SunJCE"));

    /** Not among the provider's properties, where everybody would see what nobody gets. */
    private final transient Map<String, Service> services = new HashMap<>();

    private final transient Supplier<Optional<ObservedConnection>> atWork;

    /** @param atWork the connection whose turn it is, on the thread that asks */
    private JceObserver(Supplier<Optional<ObservedConnection>> atWork) {
        super(NAME, "1.0", "observes SunJSSE inside of the engines of OmniTLS contexts that ask for it");
        this.atWork = atWork;
        for (String hash : List.of("256", "384")) {
            offer("Mac", "HmacSHA" + hash, connection -> new ObservedMac(mac("HmacSHA" + hash), connection));
            offer("MessageDigest", "SHA-" + hash, connection -> new KeyBlockDigest("SHA-" + hash, connection));
        }
        generator("SunTls12Prf", ObservedConnection::makeFinished);
        generator("SunTls12KeyMaterial", ObservedConnection::expandKeys);
        offer(
                "KeyPairGenerator",
                DIFFIE_HELLMAN,
                connection -> new ObservedDhGenerator(
                        dhGenerator(), connection.dhParameters().orElseThrow()));
    }

    /** Whether an observer would see anything in this process: whether SunJSSE's cryptography is SunJCE's. */
    static boolean works() {
        if (SUN_JCE.isEmpty()) {
            return false;
        }
        try {
            // Runtimes that want providers of such services to be signed refuse ours here, and not before.
            ObservedConnection nobody = new ObservedConnection(Optional.empty(), false, Optional.empty());
            Mac.getInstance("HmacSHA256", new JceObserver(() -> Optional.of(nobody)));
            return KeyGenerator.getInstance("SunTls12Prf").getProvider().equals(SUN_JCE.get());
        } catch (GeneralSecurityException | SecurityException refused) {
            return false;
        }
    }

    /** Makes the observer the first in the process-wide list, if it is not there. */
    static synchronized void install() {
        Provider[] providers = Security.getProviders();
        if (providers.length > 0 && providers[0] instanceof JceObserver) {
            return;
        }
        Security.removeProvider(NAME); // somebody has pushed it back
        Security.insertProviderAt(new JceObserver(JceObserver::connectionThatAsks), 1);
    }

    private static Optional<ObservedConnection> connectionThatAsks() {
        return ObservedConnection.atWork().filter(connection -> EngineFrames.onTop());
    }

    /** Nothing, outside of the engines that are observed. */
    @Override
    public @Nullable Service getService(String type, String algorithm) {
        Service service = services.get(key(type, algorithm));
        return service != null
                        && atWork.get()
                                .filter(connection -> connection.observes(type))
                                .isPresent()
                ? service
                : null;
    }

    private static String key(String type, String algorithm) {
        return type + "." + algorithm.toUpperCase(Locale.ROOT);
    }

    private void generator(String algorithm, BiFunction<ObservedConnection, KeyGenerator, SecretKey> observation) {
        offer(
                "KeyGenerator",
                algorithm,
                connection -> new ObservedGenerator(
                        keyGenerator(algorithm), generator -> observation.apply(connection, generator)));
    }

    private void offer(String type, String algorithm, Function<ObservedConnection, Object> maker) {
        services.put(
                key(type, algorithm),
                new Service(this, type, algorithm, maker.getClass().getName(), null, null) {
                    @Override
                    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
                        return maker.apply(atWork.get()
                                .orElseThrow(() -> new NoSuchAlgorithmException("for observed engines alone")));
                    }

                    @Override
                    public boolean supportsParameter(@Nullable Object parameter) {
                        return true;
                    }
                });
    }

    static Mac mac(String algorithm) {
        try {
            return Mac.getInstance(algorithm, SUN_JCE.orElseThrow());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SunJCE has no " + algorithm, e);
        }
    }

    static KeyPairGenerator dhGenerator() {
        try {
            return KeyPairGenerator.getInstance(DIFFIE_HELLMAN, SUN_JCE.orElseThrow());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SunJCE has no Diffie-Hellman", e);
        }
    }

    private static KeyGenerator keyGenerator(String algorithm) {
        try {
            return KeyGenerator.getInstance(algorithm, SUN_JCE.orElseThrow());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SunJCE has no " + algorithm, e);
        }
    }
}
