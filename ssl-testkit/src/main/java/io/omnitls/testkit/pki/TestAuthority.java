package io.omnitls.testkit.pki;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import io.omnitls.cert.TrustStore;
import io.omnitls.forge.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority that lives as long as a test run. Its certificates are valid from an hour ago for a day,
 * unless a template says otherwise.
 */
public final class TestAuthority {
    /** The name that {@link #server} certificates speak for. */
    public static final String SERVER_NAME = "server.example";

    private final X509Bundle root;

    private TestAuthority(X509Bundle root) {
        this.root = root;
    }

    /** A new authority with a P-256 key. */
    public static TestAuthority create(String commonName) {
        return new TestAuthority(build(
                template("CN=" + commonName)
                        .setIsCertificateAuthority(true)
                        .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign),
                null));
    }

    /** An authority that this one has issued, with a P-256 key. */
    public TestAuthority intermediate(String commonName) {
        return new TestAuthority(build(
                template("CN=" + commonName)
                        .setIsCertificateAuthority(true)
                        .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign),
                root));
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return root.getCertificate();
    }

    /** Trust in this authority alone. */
    public TrustStore trust() {
        return TrustStore.builder().certificate(root.getCertificate()).build();
    }

    /** The same trust together with a revocation list of this authority that names these identities. */
    public TrustStore trustRevoking(TestIdentity... revoked) {
        return trustRevoking(Duration.ofDays(1), revoked);
    }

    /** The same, where the next list is due after {@code next}, and this one not to be relied on any more. */
    public TrustStore trustRevoking(Duration next, TestIdentity... revoked) {
        return TrustStore.builder()
                .certificate(root.getCertificate())
                .crl(revoking(next, revoked))
                .build();
    }

    private X509CRL revoking(Duration next, TestIdentity... revoked) {
        return CrlWriter.write(
                root.getCertificate().getSubjectX500Principal(),
                root.getKeyPair().getPrivate(),
                Arrays.stream(revoked)
                        .map(identity -> identity.certificate().getSerialNumber())
                        .toList(),
                next);
    }

    /** A revocation list of this authority that names these identities, as PEM. */
    public String crlPem(TestIdentity... revoked) {
        try {
            return PemText.of("X509 CRL", revoking(Duration.ofDays(1), revoked).getEncoded());
        } catch (CRLException e) {
            throw new AssertionError("a test list could not be written", e);
        }
    }

    /** The authority's certificate as PEM. */
    public String certificatePem() {
        return root.getCertificatePEM();
    }

    /** Writes the authority's certificate and key to {@code name.pem} in {@code directory}, for commands that sign. */
    public Path write(Path directory, String name) throws IOException {
        return Files.writeString(directory.resolve(name + ".pem"), certificatePem() + root.getPrivateKeyPEM());
    }

    /** A certificate for {@link #SERVER_NAME} and 127.0.0.1 with a key of this kind. */
    public TestIdentity server(KeyKind kind) {
        return server(kind, UnaryOperator.identity());
    }

    /** The same, changed by {@code change}. */
    public TestIdentity server(KeyKind kind, UnaryOperator<CertificateTemplate> change) {
        return issue(
                "CN=server",
                kind,
                template -> change.apply(
                        template.dnsName(SERVER_NAME).ipAddress("127.0.0.1").serverAuthentication()));
    }

    /** A client's certificate with a key of this kind. */
    public TestIdentity client(KeyKind kind) {
        return client(kind, UnaryOperator.identity());
    }

    /** The same, changed by {@code change}. */
    public TestIdentity client(KeyKind kind, UnaryOperator<CertificateTemplate> change) {
        return issue("CN=client", kind, template -> change.apply(template.clientAuthentication()));
    }

    private TestIdentity issue(String subject, KeyKind kind, UnaryOperator<CertificateTemplate> change) {
        CertificateTemplate template = change.apply(new CertificateTemplate(
                template(subject).algorithm(algorithm(kind)).setKeyUsage(true, KeyUsage.digitalSignature)));
        return new TestIdentity(build(template.builder(), root));
    }

    // Not in KeyKind, which TestCertificates uses where there is no Netty.
    private static Algorithm algorithm(KeyKind kind) {
        return switch (kind) {
            case RSA -> Algorithm.rsa2048;
            case EC -> Algorithm.ecp256;
            case ED25519 -> Algorithm.ed25519;
        };
    }

    /** A server's certificate that nobody but itself issued, with this subject. */
    public static TestIdentity selfSigned(String commonName) {
        return new TestIdentity(build(
                template("CN=" + commonName)
                        .addSanDnsName(SERVER_NAME)
                        .setIsCertificateAuthority(true)
                        .setKeyUsage(true, KeyUsage.digitalSignature, KeyUsage.keyCertSign),
                null));
    }

    private static CertificateBuilder template(String subject) {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .subject(subject)
                .notBefore(now.minus(Duration.ofHours(1)))
                .notAfter(now.plus(Duration.ofDays(1)))
                .algorithm(Algorithm.ecp256);
    }

    private static X509Bundle build(CertificateBuilder builder, @Nullable X509Bundle issuer) {
        try {
            return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new AssertionError("a test certificate could not be made", e);
        }
    }
}
