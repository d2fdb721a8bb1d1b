package io.omnitls.conscrypt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.TlsProviders;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.spi.Availability;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.TlsProvider;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs in the named module, on the module path. */
class ConscryptProviderTest {
    private static final TlsProvider PROVIDER = Context.PROVIDER;

    @Test
    void theModuleIsFoundAndAvailable() {
        assertTrue(ConscryptProvider.class.getModule().isNamed());
        assertInstanceOf(ConscryptProvider.class, TlsProviders.named("conscrypt"));
        assertInstanceOf(Availability.Available.class, PROVIDER.availability());
        assertEquals(List.of(2, 9, 0), PROVIDER.info().versionNumbers());
    }

    @Test
    void theClassPathNamesTheSameProviderAsTheModule() throws Exception {
        ModuleDescriptor.Provides provides = ConscryptProvider.class
                .getModule()
                .getDescriptor()
                .provides()
                .iterator()
                .next();
        try (InputStream in = ConscryptProvider.class.getResourceAsStream("/META-INF/services/" + provides.service())) {
            String services = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(provides.providers(), List.of(services.trim()));
        }
    }

    @Test
    void theBackendIsMadeOnceAndStaysOutOfTheListOfTheProcess() {
        assertSame(PROVIDER.crypto(), new ConscryptProvider().crypto());
        assertTrue(Arrays.stream(Security.getProviders())
                .noneMatch(provider -> provider.getClass().getName().contains("conscrypt")));
    }

    @Test
    void whatIsDeclaredIsWhatTheBackendNames() {
        List<String> suites = PROVIDER.capabilities().cipherSuites();
        assertEquals("TLS_AES_128_GCM_SHA256", suites.get(0));
        assertTrue(
                suites.stream().noneMatch(suite -> suite.contains("PSK") || suite.contains("SCSV")), suites::toString);
        assertEquals(NamedGroup.X25519MLKEM768, PROVIDER.capabilities().groups().get(0));
    }

    @Test
    void whatConscryptLacksComesFromTheJdk() throws Exception {
        CryptoServices crypto = PROVIDER.crypto();
        assertEquals("Conscrypt", crypto.keyFactory("RSA").getProvider().getName());
        assertEquals("Conscrypt", crypto.random().getProvider().getName());
        assertEquals("SunEC", crypto.keyFactory("Ed448").getProvider().getName());
        assertEquals("SunRsaSign", crypto.keyFactory("RSASSA-PSS").getProvider().getName());
        assertEquals("PKCS12", crypto.keyStore("PKCS12").getType());
    }
}
