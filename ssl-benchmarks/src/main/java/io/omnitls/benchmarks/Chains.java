package io.omnitls.benchmarks;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Certificate chains to verify. */
final class Chains {
    static final X509Bundle ROOT = issue(authority("CN=root"), null);

    private Chains() {}

    private static CertificateBuilder authority(String subject) {
        return new CertificateBuilder()
                .subject(subject)
                .ecp256()
                .setIsCertificateAuthority(true)
                .setKeyUsage(true, KeyUsage.keyCertSign);
    }

    private static CertificateBuilder leaf() {
        return new CertificateBuilder()
                .subject("CN=leaf")
                .ecp256()
                .addSanDnsName("server.example")
                .setKeyUsage(true, KeyUsage.digitalSignature)
                .addExtendedKeyUsageServerAuth();
    }

    private static X509Bundle issue(CertificateBuilder builder, X509Bundle issuer) {
        try {
            return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A server's identity. */
    static X509Bundle server() {
        return issue(leaf(), ROOT);
    }

    static List<X509Certificate> three() {
        X509Bundle intermediate = issue(authority("CN=intermediate"), ROOT);
        return List.of(issue(leaf(), intermediate).getCertificate(), intermediate.getCertificate());
    }

    /** A hundred intermediates with one subject and one issuer, none of which leads to the root. */
    static List<X509Certificate> sameSubject() {
        X509Bundle same = issue(authority("CN=same"), issue(authority("CN=same"), null));
        List<X509Certificate> chain =
                new ArrayList<>(List.of(issue(leaf(), same).getCertificate()));
        for (int i = 0; i < 100; i++) {
            chain.add(issue(authority("CN=same"), same).getCertificate());
        }
        return chain;
    }

    /** Fifty pairs of authorities that issued each other. */
    static List<X509Certificate> loops() {
        X509Bundle one = issue(authority("CN=one"), issue(authority("CN=two"), null));
        List<X509Certificate> chain = new ArrayList<>(List.of(issue(leaf(), one).getCertificate()));
        for (int i = 0; i < 50; i++) {
            X509Bundle two = issue(authority("CN=two"), one);
            chain.add(two.getCertificate());
            chain.add(issue(authority("CN=one"), two).getCertificate());
        }
        return chain;
    }

    static List<X509Certificate> manyNames() {
        CertificateBuilder builder = leaf();
        for (int i = 0; i < 10_000; i++) {
            builder.addSanDnsName("host" + i + ".example");
        }
        return List.of(issue(builder, ROOT).getCertificate());
    }

    /** An authority with ten thousand permitted subtrees, of which the last one fits. */
    static List<X509Certificate> manyConstraints() {
        ByteArrayOutputStream subtrees = new ByteArrayOutputStream();
        for (int i = 0; i <= 10_000; i++) {
            String base = i < 10_000 ? "host" + i + ".example" : "server.example";
            subtrees.writeBytes(element(0x30, element(0x82, base.getBytes(StandardCharsets.US_ASCII))));
        }
        byte[] constraints = element(0x30, element(0xa0, subtrees.toByteArray()));
        X509Bundle limited =
                issue(authority("CN=limited").addExtensionOctetString("2.5.29.30", true, constraints), ROOT);
        return List.of(issue(leaf(), limited).getCertificate(), limited.getCertificate());
    }

    static List<X509Certificate> mebibyte() {
        return List.of(issue(leaf().addExtensionOctetString("1.3.6.1.4.1.32473.1", false, new byte[1 << 20]), ROOT)
                .getCertificate());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            element.write(0x83);
            element.write(content.length >>> 16);
            element.write(content.length >>> 8);
            element.write(content.length);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
