package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.internal.x509.CrlView;
import io.omnitls.internal.x509.Name;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.CryptoServices;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {
    private static final X500Principal SUBJECT = new X500Principal("CN=Root,O=Example");

    @TempDir
    Path directory;

    private static X509Certificate root() throws Exception {
        return new Forge().subject(SUBJECT.getName()).issuer(SUBJECT.getName()).certificate(Keys.p256(0), Keys.p256(0));
    }

    private static X509CRL crl(long revoked) throws Exception {
        return new Forge().issuer(SUBJECT.getName()).revoke(revoked).crl(Keys.p256(0));
    }

    private static String pem(X509CRL crl) throws Exception {
        return "-----BEGIN X509 CRL-----\n" + Base64.getMimeEncoder().encodeToString(crl.getEncoded())
                + "\n-----END X509 CRL-----\n";
    }

    private static TrustAnchors load(TrustStore.Builder builder) throws TlsException {
        return builder.build().load(CryptoServices.ofPlatform());
    }

    @Test
    void certificatesAndCrlsStandInOneFile() throws Exception {
        Path file = directory.resolve("both.pem");
        Files.writeString(file, "A root\n" + Pem.encodeCertificate(root()) + "and its list\n" + pem(crl(7)));
        TrustAnchors anchors = load(TrustStore.builder().file(file));
        assertEquals(List.of(root().getSubjectX500Principal()), subjects(anchors));
        assertEquals(1, anchors.crls(der(SUBJECT)).size());
        assertEquals(new CertificateStoreStats(1, 1, 0), anchors.stats());
    }

    @Test
    void derIsEither() throws Exception {
        Path certificate = Files.write(directory.resolve("c.der"), root().getEncoded());
        Path crl = Files.write(directory.resolve("l.der"), crl(7).getEncoded());
        TrustAnchors anchors = load(TrustStore.builder().file(certificate).file(crl));
        assertEquals(1, anchors.certificates().size());
        assertEquals(1, anchors.crls(der(SUBJECT)).size());
    }

    @Test
    void whatHoldsNeitherIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("empty.pem"), "nothing to see here\n");
        TlsException failure =
                assertThrows(TlsException.class, () -> load(TrustStore.builder().file(file)));
        assertEquals(ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND, failure.reason());
        failure =
                assertThrows(TlsException.class, () -> load(TrustStore.builder().directory(file)));
        assertEquals(ErrorReason.NO_SUCH_FILE, failure.reason());
    }

    @Test
    void aRehashedDirectoryIsReadWhenItIsNeeded() throws Exception {
        Path capath = Files.createDirectory(directory.resolve("capath"));
        Files.writeString(capath.resolve("root.pem"), Pem.encodeCertificate(root()));
        Files.writeString(capath.resolve("list.crl"), pem(crl(7)));
        OpenSsl.make("rehash", capath.toString());
        TrustAnchors anchors = load(TrustStore.builder().directory(capath));
        assertTrue(anchors.certificates().isEmpty(), "nobody was looked for");
        assertEquals(1, anchors.bySubject(der(SUBJECT)).size());
        assertEquals(1, anchors.certificates().size(), "appears once used");
        assertTrue(anchors.bySubject(der(new X500Principal("CN=Nobody"))).isEmpty());
        assertTrue(anchors.contains(anchors.bySubject(der(SUBJECT)).get(0)));
        assertEquals(1, anchors.crls(der(SUBJECT)).size());
        // A list that was replaced is seen without a new context.
        Files.writeString(capath.resolve("list.crl"), pem(crl(8)));
        CrlView replaced = CrlView.of(anchors.crls(der(SUBJECT)).get(0));
        assertTrue(replaced.revoked(BigInteger.valueOf(8)).isPresent());
    }

    @Test
    void aBrokenFileInADirectoryTrustsNobody() throws Exception {
        Path capath = Files.createDirectory(directory.resolve("broken"));
        String hash = SubjectHash.of(Name.of(SUBJECT.getEncoded()), CryptoServices.ofPlatform())
                .get(0);
        Files.writeString(
                capath.resolve(hash + ".0"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.writeString(capath.resolve(hash + ".r0"), "-----BEGIN X509 CRL-----\n*\n-----END X509 CRL-----\n");
        TrustAnchors anchors = load(TrustStore.builder().directory(capath));
        assertTrue(anchors.bySubject(der(SUBJECT)).isEmpty());
        assertTrue(anchors.crls(der(SUBJECT)).isEmpty());
    }

    private static List<X500Principal> subjects(TrustAnchors anchors) {
        return anchors.certificates().stream()
                .map(X509Certificate::getSubjectX500Principal)
                .toList();
    }

    private static Bytes der(X500Principal name) {
        return Bytes.copyOf(name.getEncoded());
    }
}
