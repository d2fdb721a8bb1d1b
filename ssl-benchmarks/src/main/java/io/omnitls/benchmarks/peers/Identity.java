package io.omnitls.benchmarks.peers;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A server's key and certificates, all with P-256 keys, and the root that clients trust.
 *
 * @param chain leaf first, without the root
 */
public record Identity(PrivateKey key, List<X509Certificate> chain, X509Certificate root) {
    /** The name that the leaf speaks for. */
    public static final String HOST = "server.example";

    /** A chain of so many certificates, at least one. */
    public static Identity ofChain(int length) {
        X509Bundle root = issue(authority("CN=Benchmark Root"), null);
        List<X509Certificate> chain = new ArrayList<>();
        X509Bundle issuer = root;
        for (int i = 1; i < length; i++) {
            issuer = issue(authority("CN=Benchmark Intermediate " + i), issuer);
            chain.add(issuer.getCertificate());
        }
        X509Bundle leaf = issue(
                builder("CN=" + HOST)
                        .addSanDnsName(HOST)
                        .setKeyUsage(true, KeyUsage.digitalSignature)
                        .addExtendedKeyUsageServerAuth(),
                issuer);
        chain.add(leaf.getCertificate());
        Collections.reverse(chain);
        return new Identity(leaf.getKeyPair().getPrivate(), List.copyOf(chain), root.getCertificate());
    }

    /** So many roots as PEM, as a system's bundle has them. */
    public static String bundle(int roots) {
        StringBuilder pem = new StringBuilder();
        for (int i = 0; i < roots; i++) {
            pem.append(issue(authority("C=XX,O=Benchmark Authority " + i + ",CN=Benchmark Root " + i), null)
                    .getCertificatePEM());
        }
        return pem.toString();
    }

    private static CertificateBuilder authority(String subject) {
        return builder(subject)
                .setIsCertificateAuthority(true)
                .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign);
    }

    private static CertificateBuilder builder(String subject) {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .subject(subject)
                .ecp256()
                .notBefore(now.minus(Duration.ofHours(1)))
                .notAfter(now.plus(Duration.ofDays(2)));
    }

    private static X509Bundle issue(CertificateBuilder builder, X509Bundle issuer) {
        try {
            return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }
}
