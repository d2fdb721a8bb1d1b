package io.omnitls.testkit.pki;

import io.netty.pkitesting.CertificateBuilder;
import java.security.KeyPair;
import java.time.Instant;

/** What a test may change about a certificate before it is issued. Each method returns this template. */
public final class CertificateTemplate {
    private final CertificateBuilder builder;

    CertificateTemplate(CertificateBuilder builder) {
        this.builder = builder;
    }

    CertificateBuilder builder() {
        return builder;
    }

    /** Adds a name to the subjectAltName extension. */
    public CertificateTemplate dnsName(String name) {
        builder.addSanDnsName(name);
        return this;
    }

    /** Adds an address to the subjectAltName extension. */
    public CertificateTemplate ipAddress(String address) {
        builder.addSanIpAddress(address);
        return this;
    }

    /** Sets the first and the last moment of validity. */
    public CertificateTemplate valid(Instant from, Instant to) {
        builder.notBefore(from).notAfter(to);
        return this;
    }

    /** Adds the extended key usage of servers. */
    public CertificateTemplate serverAuthentication() {
        builder.addExtendedKeyUsageServerAuth();
        return this;
    }

    /** Adds the extended key usage of clients. */
    public CertificateTemplate clientAuthentication() {
        builder.addExtendedKeyUsageClientAuth();
        return this;
    }

    /** Takes this key instead of a new one. */
    public CertificateTemplate keyPair(KeyPair keys) {
        builder.keyPair(keys);
        return this;
    }

    /** Adds an extension of so many bytes that nobody has to understand. */
    public CertificateTemplate comment(int bytes) {
        builder.addExtensionOctetString("1.3.6.1.4.1.32473.2", false, new byte[bytes]);
        return this;
    }

    /** Adds a critical extension that nobody understands. */
    public CertificateTemplate unknownCriticalExtension() {
        builder.addExtensionOctetString("1.3.6.1.4.1.32473.1", true, new byte[] {1});
        return this;
    }
}
