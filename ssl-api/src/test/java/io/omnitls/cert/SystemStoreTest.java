package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import java.io.IOException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stores of Windows, macOS and Android, played by key stores in memory. */
class SystemStoreTest {
    private static X509Certificate certificate(String name) throws Exception {
        return new Forge().subject("CN=" + name).issuer("CN=" + name).certificate(Keys.p256(0), Keys.p256(0));
    }

    private static KeyStore store(X509Certificate... certificates) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509Certificate certificate : certificates) {
            store.setCertificateEntry(certificate.getSubjectX500Principal().getName(), certificate);
        }
        return store;
    }

    private static SystemStore system(String name, Map<String, KeyStore> stores) {
        return new SystemStore(name, type -> {
            KeyStore store = stores.get(type);
            if (store == null) {
                throw new KeyStoreException(type + " not found");
            }
            return store;
        });
    }

    @Test
    void windowsHasItsStoresByName() throws Exception {
        X509Certificate root = certificate("Root");
        X509Certificate mine = certificate("Mine");
        SystemStore windows = system("Windows 11", Map.of("Windows-ROOT", store(root), "Windows-MY", store(mine)));
        assertEquals(List.of(root), windows.in("ROOT"));
        assertEquals(List.of(mine), windows.in("my"));
        UnsupportedFeatureException absent = assertThrows(UnsupportedFeatureException.class, () -> windows.in("CA"));
        assertTrue(String.valueOf(absent.getMessage()).contains("Windows-CA"), absent::getMessage);
        assertEquals(List.of(root), windows.trusted(), "what is mine is not trusted for that");
    }

    @Test
    void macosHasKeychains() throws Exception {
        X509Certificate root = certificate("Root");
        X509Certificate mine = certificate("Mine");
        SystemStore macos = system("Mac OS X", Map.of("KeychainStore-ROOT", store(root), "KeychainStore", store(mine)));
        assertEquals(List.of(root), macos.in("ROOT"));
        assertEquals(List.of(mine), macos.in("MY"));
        assertEquals(List.of(root), macos.trusted());
        assertTrue(system("Mac OS X", Map.of()).trusted().isEmpty(), "an older JDK does not show the roots");
    }

    @Test
    void androidHasOneStoreWithTheUsersCertificatesInIt() throws Exception {
        X509Certificate root = certificate("Root");
        SystemStore android = system("Android", Map.of("AndroidCAStore", store(root)));
        assertEquals(List.of(root), android.in("root"));
        assertEquals(List.of(root), android.trusted());
        UnsupportedFeatureException absent = assertThrows(UnsupportedFeatureException.class, () -> android.in("MY"));
        assertEquals("Android", absent.provider());
    }

    @Test
    void otherSystemsHaveNone() throws Exception {
        SystemStore linux = system("Linux", Map.of());
        UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, () -> linux.in("ROOT"));
        assertEquals("Linux", refused.provider());
        assertTrue(linux.trusted().isEmpty());
        assertThrows(UnsupportedFeatureException.class, () -> SystemStore.crls("CA"));
    }

    @Test
    void aStoreThatCannotBeReadIsADeclaredFailure() {
        SystemStore windows = new SystemStore("Windows 11", type -> {
            throw new IOException("access denied");
        });
        TlsException refused = assertThrows(TlsException.class, () -> windows.in("ROOT"));
        assertEquals(ErrorReason.INPUT_OUTPUT_ERROR, refused.reason());
    }
}
