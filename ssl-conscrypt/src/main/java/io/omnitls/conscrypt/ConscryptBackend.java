package io.omnitls.conscrypt;

import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.conscrypt.Conscrypt;

/**
 * Conscrypt itself, loaded once for the process and never put into the list of {@code java.security}.
 *
 * @param crypto Conscrypt's cryptography and, for what it does not have (key stores, PBKDF2, RSASSA-PSS and Ed448 keys,
 *     DSA), that of the JDK's own providers, or Android's
 */
record ConscryptBackend(Provider provider, CryptoServices crypto, Capabilities capabilities) {
    private static final List<String> JDK_PROVIDERS = List.of("SUN", "SunRsaSign", "SunEC", "SunJCE");
    private static final List<String> ANDROID_PROVIDERS = List.of("AndroidOpenSSL", "BC");

    static Availability availability() {
        return Loaded.AVAILABILITY;
    }

    static ConscryptBackend get() {
        if (Loaded.AVAILABILITY instanceof Availability.Unavailable unavailable) {
            throw new IllegalStateException(unavailable.reason());
        }
        return Started.BACKEND;
    }

    /** The native library is extracted and loaded by the first question, which may go wrong in many ways. */
    private static final class Loaded {
        static final Availability AVAILABILITY = probe();

        private static Availability probe() {
            BackendLog.keepQuiet();
            try {
                Conscrypt.checkAvailability();
                return new Availability.Available();
            } catch (NoClassDefFoundError absent) {
                return new Availability.Unavailable("Conscrypt is not on the class path or module path; add"
                        + " org.conscrypt:conscrypt-openjdk-uber, on Android conscrypt-android");
            } catch (LinkageError | RuntimeException e) {
                return new Availability.Unavailable("Conscrypt's native library cannot be loaded: " + e.getMessage()
                        + "; it has to be extracted to java.io.tmpdir (or -Dorg.conscrypt.native.workdir=DIR), which"
                        + " must be writable and executable, and JDK 24 and later want"
                        + " --enable-native-access=org.conscrypt (on the class path: ALL-UNNAMED)");
            }
        }
    }

    private static final class Started {
        static final ConscryptBackend BACKEND = start();

        private static ConscryptBackend start() {
            try {
                Provider provider = Conscrypt.newProvider();
                List<Provider> providers = new ArrayList<>(List.of(provider));
                providers.addAll(installed(JDK_PROVIDERS));
                if (providers.size() == 1) { // on a JDK a provider called BC would be a stranger's
                    providers.addAll(installed(ANDROID_PROVIDERS));
                }
                return new ConscryptBackend(
                        provider,
                        CryptoServices.of(
                                SecureRandom.getInstance("SHA1PRNG", provider), providers.toArray(new Provider[0])),
                        ConscryptCapabilities.of(provider));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Conscrypt cannot be started: " + e.getMessage(), e);
            }
        }

        private static List<Provider> installed(List<String> names) {
            return names.stream()
                    .map(Security::getProvider)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toList());
        }
    }
}
