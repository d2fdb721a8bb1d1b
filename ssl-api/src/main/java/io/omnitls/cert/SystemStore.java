package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.internal.x509.BackendCall;
import io.omnitls.internal.x509.Excerpt;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The certificate stores that Windows, macOS and Android keep: Python's {@code enum_certificates} and {@code enum_crls}.
 * They are read through the JDK: on Windows its SunMSCAPI has the stores {@code ROOT} and {@code MY} of the current user, on
 * macOS its keychain store has {@code MY}, which is the user's keychain, and {@code ROOT} from JDK 23 on. Android has {@code
 * ROOT}: the system's certificates, and the user's. Thread-safe.
 */
public final class SystemStore {
    private static final String ANDROID = "Android";

    private final Optional<Kind> kind;
    private final String system;
    private final Opener opener;

    private enum Kind {
        WINDOWS,
        MACOS,
        ANDROID
    }

    /** Opens a key store of the JDK that needs no password. */
    @FunctionalInterface
    interface Opener {
        KeyStore open(String type) throws IOException, GeneralSecurityException;
    }

    /** @param system as the property {@code os.name} has it, or {@value #ANDROID}, which calls itself Linux there */
    SystemStore(String system, Opener opener) {
        this.system = system;
        this.opener = opener;
        String lower = system.toLowerCase(Locale.ROOT);
        this.kind = lower.startsWith("windows")
                ? Optional.of(Kind.WINDOWS)
                : lower.startsWith("mac")
                        ? Optional.of(Kind.MACOS)
                        : system.equals(ANDROID) ? Optional.of(Kind.ANDROID) : Optional.empty();
    }

    static SystemStore current() {
        boolean android = System.getProperty("java.vm.name", "").equals("Dalvik"); // the name that ART has kept
        return new SystemStore(android ? ANDROID : System.getProperty("os.name", ""), type -> {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            return store;
        });
    }

    /**
     * The certificates in the store with this name, without the private keys that may stand beside them.
     *
     * @param name {@code ROOT} or {@code MY}, in any case
     * @throws UnsupportedFeatureException when the system has no such stores, or the JDK does not show this one
     * @throws TlsException INPUT_OUTPUT_ERROR when it cannot be read
     */
    public static List<X509Certificate> certificates(String name) throws TlsException {
        Objects.requireNonNull(name, "name");
        return current().in(name);
    }

    /**
     * The revocation lists in the store with this name.
     *
     * @throws UnsupportedFeatureException everywhere: no JDK shows the lists that Windows keeps, and other systems keep none
     */
    public static List<X509CRL> crls(String name) {
        Objects.requireNonNull(name, "name");
        throw current()
                .lacks("the revocation lists of the certificate store " + Excerpt.name(name)
                        + ", which the JDK does not show; add lists to a TrustStore from files or directories");
    }

    List<X509Certificate> in(String name) throws TlsException {
        String type = type(name);
        try {
            KeyStore store = opener.open(type);
            List<X509Certificate> certificates = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (BackendCall.guarded(() -> store.getCertificate(alias)) instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
            return List.copyOf(certificates);
        } catch (KeyStoreException absent) {
            throw lacks("the certificate store " + Excerpt.name(name) + " (" + type + " in this JDK)");
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException(
                    ErrorReason.INPUT_OUTPUT_ERROR,
                    "the system's certificate store " + Excerpt.name(name) + " cannot be read: " + Excerpt.of(e));
        }
    }

    /** What the system trusts: the stores that Python's {@code load_default_certs} reads, as far as the JDK shows them. */
    List<X509Certificate> trusted() throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (String name : kind.isPresent() ? List.of("CA", "ROOT") : List.<String>of()) {
            try {
                certificates.addAll(in(name));
            } catch (UnsupportedFeatureException notShown) {
                // An older JDK; the other sources have to do.
            }
        }
        return certificates;
    }

    private String type(String name) {
        String store = name.toUpperCase(Locale.ROOT);
        return switch (kind.orElseThrow(() -> lacks("certificate stores, which Windows, macOS and Android have"))) {
            case WINDOWS -> "Windows-" + store;
            case MACOS -> store.equals("MY") ? "KeychainStore" : "KeychainStore-" + store;
            case ANDROID -> {
                if (!store.equals("ROOT")) {
                    throw lacks("the certificate store " + Excerpt.name(name));
                }
                yield "AndroidCAStore";
            }
        };
    }

    private UnsupportedFeatureException lacks(String what) {
        return UnsupportedFeatureException.ofSystem(system, what);
    }
}
