package io.omnitls.internal.verify.webpki;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.cert.VerifyResult;
import io.omnitls.forge.Der;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Keys;
import io.omnitls.internal.verify.ChainVerifier;
import io.omnitls.internal.verify.Requests;
import io.omnitls.internal.verify.VerifyRequest;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import io.omnitls.spi.CryptoServices;
import java.io.ByteArrayInputStream;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A root, an intermediate and a server's certificate, good in every way until somebody changes them. */
final class WebChain {
    final WebCertificate root = WebCertificate.root("CN=x509-limbo-root", 0);
    final WebCertificate ica = WebCertificate.intermediate("CN=x509-limbo-ica", 1, root);
    final WebCertificate leaf = WebCertificate.leaf(2, ica);
    final List<WebCertificate> anchors = new ArrayList<>(List.of(root));
    final List<WebCertificate> untrusted = new ArrayList<>(List.of(ica));
    Optional<String> peer = Optional.of("example.com");
    Purpose purpose = Purpose.SERVER;
    Instant time = Instant.parse("2026-06-01T00:00:00Z");
    int depth = VerifyProfile.WEBPKI.maxChainDepth();
    private final List<X509CRL> crls = new ArrayList<>();

    /** What a test does to the chain. */
    interface Change {
        void to(WebChain chain) throws Exception;
    }

    /** The leaf is issued by the root itself. */
    WebChain direct() {
        untrusted.clear();
        leaf.issuedBy(root);
        return this;
    }

    /** The leaf has signed itself and is trusted. */
    WebChain pinned() {
        untrusted.clear();
        anchors.clear();
        leaf.selfSigned();
        anchors.add(leaf);
        return this;
    }

    /** The alternative names of the leaf, the first of which the client wants to reach. */
    WebChain names(String... names) {
        leaf.with(Extensions.SUBJECT_ALT_NAME, false, WebValues.names(names));
        return this;
    }

    /** A list of {@code issuer} that is good for the time, with {@code extensions} and {@code revoked} as they are. */
    WebChain crl(WebCertificate issuer, List<byte[]> extensions, byte[]... revoked) throws Exception {
        byte[] algorithm = WebValues.algorithm("SHA256withECDSA");
        List<byte[]> all = new ArrayList<>(extensions);
        all.add(extension(
                Extensions.AUTHORITY_KEY_IDENTIFIER, Extensions.authorityKeyIdentifier(Keys.identifier(issuer.key()))));
        byte[] tbs = DerWriter.sequence(
                WebValues.bytes(2, 1, 1),
                algorithm,
                issuer.subject(),
                WebCertificate.time(time.minusSeconds(1000)),
                WebCertificate.time(time.plusSeconds(1000)),
                revoked.length == 0 ? new byte[0] : DerWriter.sequence(revoked),
                DerWriter.element(DerReader.context(0), DerWriter.sequence(all.toArray(new byte[0][]))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuer.key().getPrivate());
        signature.update(tbs);
        byte[] crl = DerWriter.sequence(
                tbs, algorithm, DerWriter.element(DerReader.BIT_STRING, new byte[1], signature.sign()));
        crls.add((X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(crl)));
        return this;
    }

    static byte[] extension(String oid, byte[] value) {
        return DerWriter.sequence(Der.oid(oid), DerWriter.element(DerReader.OCTET_STRING, value));
    }

    byte[] entry(int serial) {
        return DerWriter.sequence(WebValues.bytes(2, 1, serial), WebCertificate.time(time.minusSeconds(2000)));
    }

    VerifyResult verify() {
        return verify(VerifyProfile.WEBPKI, Set.of());
    }

    /** OpenSSL's verdict with what the profile includes of its flags. */
    VerifyResult strictly() {
        return verify(VerifyProfile.OPENSSL, EnumSet.of(VerifyFlag.X509_STRICT, VerifyFlag.X509_PARTIAL_CHAIN));
    }

    private VerifyResult verify(VerifyProfile profile, Set<VerifyFlag> flags) {
        List<X509Certificate> presented = new ArrayList<>(List.of(leaf.certificate()));
        untrusted.forEach(each -> presented.add(each.certificate()));
        List<X509Certificate> trusted = new ArrayList<>();
        // What is pinned has to be the same to the last bit of its signature.
        anchors.forEach(each -> trusted.add(each == leaf ? presented.get(0) : each.certificate()));
        Set<VerifyFlag> all = EnumSet.noneOf(VerifyFlag.class);
        all.addAll(flags);
        if (!crls.isEmpty()) {
            all.add(VerifyFlag.CRL_CHECK_LEAF);
        }
        VerifyRequest request =
                Requests.withDepth(Requests.openSsl(purpose, peer.map(PeerName::of), time, all, 112), depth);
        return new ChainVerifier(TrustAnchors.of(trusted, crls), CryptoServices.ofPlatform())
                .verify(presented, Requests.under(request, profile, false));
    }
}
