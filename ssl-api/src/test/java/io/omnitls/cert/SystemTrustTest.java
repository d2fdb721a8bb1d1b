package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.CryptoServices;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the environment and the system make of the default places. */
class SystemTrustTest {
    private static final Path RUNTIME = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");

    @TempDir
    private Path directory;

    private Path bundle;
    private Path first;
    private Path second;

    private static X509Certificate certificate(String name) throws Exception {
        return new Forge().subject("CN=" + name).issuer("CN=" + name).certificate(Keys.p256(0), Keys.p256(0));
    }

    @BeforeEach
    void makePlaces() throws Exception {
        bundle = Files.writeString(directory.resolve("bundle"), Pem.encodeCertificate(certificate("bundle")));
        first = rehashed("first");
        second = rehashed("second");
    }

    private Path rehashed(String name) throws Exception {
        Path place = Files.createDirectory(directory.resolve(name));
        Files.writeString(place.resolve(name + ".pem"), Pem.encodeCertificate(certificate(name)));
        OpenSsl.make("rehash", place.toString());
        return place;
    }

    private TrustAnchors trust(Map<String, String> environment, SystemStore store) throws Exception {
        DefaultVerifyPaths usual = DefaultVerifyPaths.of(environment::get);
        // The built-in places of this test instead of the machine's.
        DefaultVerifyPaths paths = new DefaultVerifyPaths(
                environment.containsKey("SSL_CERT_FILE") ? usual.cafile() : Optional.of(bundle),
                environment.containsKey("SSL_CERT_DIR") ? usual.capaths() : List.of(first),
                Optional.of(bundle),
                Optional.of(first));
        TrustStore.Loading loading = new TrustStore.Loading(CryptoServices.ofPlatform());
        new SystemTrust(environment::get, paths, store, RUNTIME).addTo(loading);
        return loading.anchors();
    }

    private TrustAnchors trust(Map<String, String> environment) throws Exception {
        return trust(environment, new SystemStore("Linux", type -> KeyStore.getInstance("PKCS12")));
    }

    private static void assertTrusts(TrustAnchors anchors, String... names) {
        for (String name : List.of("bundle", "first", "second", "other")) {
            assertEquals(
                    List.of(names).contains(name),
                    !anchors.bySubject(Bytes.copyOf(new X500Principal("CN=" + name).getEncoded()))
                            .isEmpty(),
                    name);
        }
    }

    @Test
    void eachVariableReplacesItsOwnDefaultAlone() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), Pem.encodeCertificate(certificate("other")));
        assertTrusts(trust(Map.of()), "bundle", "first");
        assertTrusts(trust(Map.of("SSL_CERT_FILE", other.toString())), "other", "first");
        assertTrusts(trust(Map.of("SSL_CERT_DIR", second.toString())), "bundle", "second");
        assertTrusts(
                trust(Map.of("SSL_CERT_FILE", other.toString(), "SSL_CERT_DIR", second.toString())), "other", "second");
    }

    @Test
    void directoriesAreAList() throws Exception {
        String list = String.join(File.pathSeparator, first.toString(), "/no/such/place", "", second.toString());
        assertTrusts(trust(Map.of("SSL_CERT_DIR", list)), "bundle", "first", "second");
        DefaultVerifyPaths paths = DefaultVerifyPaths.of(Map.of("SSL_CERT_DIR", list)::get);
        assertEquals(List.of(first, second), paths.capaths());
        assertEquals(Optional.of(first), paths.capath());
    }

    @Test
    void whatTheEnvironmentNamesAndIsMissingIsPassedOver() throws Exception {
        assertTrusts(trust(Map.of("SSL_CERT_FILE", "/no/such/file")), "first");
        assertTrusts(trust(Map.of("SSL_CERT_FILE", "")), "first");
        assertTrusts(trust(Map.of("SSL_CERT_FILE", directory.toString())), "first");
        assertTrue(trust(Map.of("SSL_CERT_FILE", "/no/such/file", "SSL_CERT_DIR", "/neither"))
                .certificates()
                .isEmpty());
    }

    @Test
    void thePathsArePythons() {
        Map<String, String> missing = Map.of("SSL_CERT_FILE", "/no/such/file", "SSL_CERT_DIR", "/neither");
        DefaultVerifyPaths paths = DefaultVerifyPaths.of(missing::get);
        assertEquals(Optional.empty(), paths.cafile());
        assertEquals(Optional.empty(), paths.capath());
        assertEquals(paths.builtInCafile(), DefaultVerifyPaths.of(name -> null).cafile());
    }

    @Test
    void theStoresOfTheSystemCount() throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("other", certificate("other"));
        TrustAnchors anchors = trust(Map.of(), new SystemStore("Windows Server 2025", type -> roots));
        assertTrusts(anchors, "other", "bundle", "first");
    }

    @Test
    void withoutAnyPlaceTheJavaRuntimesCertificatesAreTrusted() throws Exception {
        assertFalse(trustWithoutPlaces(RUNTIME).isEmpty());
    }

    @Test
    void withoutAnyPlaceAtAllTheUserHearsWhatToDo() {
        TlsException refused = assertThrows(TlsException.class, () -> trustWithoutPlaces(directory.resolve("cacerts")));
        assertEquals(ErrorReason.NO_SUCH_FILE, refused.reason());
        assertTrue(refused.getMessage().contains("SSL_CERT_FILE"), refused::getMessage);
    }

    private static TrustStore.Loading trustWithoutPlaces(Path runtime) throws TlsException {
        DefaultVerifyPaths none =
                new DefaultVerifyPaths(Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        TrustStore.Loading loading = new TrustStore.Loading(CryptoServices.ofPlatform());
        new SystemTrust(name -> null, none, new SystemStore("Linux", type -> KeyStore.getInstance("PKCS12")), runtime)
                .addTo(loading);
        return loading;
    }
}
