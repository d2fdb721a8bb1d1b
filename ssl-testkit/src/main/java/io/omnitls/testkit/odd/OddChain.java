package io.omnitls.testkit.odd;

import io.omnitls.forge.PemText;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.UnreadableCertificate;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What a peer presents: certificates of which one at least is odd.
 *
 * @param what says what is odd
 * @param certificates as they stand in the Certificate message, the peer's own first
 * @param key what the peer signs the handshake with
 * @param proof whether that proves anything: not where the first certificate has another key
 * @param malformed whether it is against the rules of the encoding, so that a backend may not be able to read it
 */
public record OddChain(String what, List<byte[]> certificates, KeyPair key, boolean proof, boolean malformed) {
    OddChain(String what, List<byte[]> certificates, KeyPair key) {
        this(what, certificates, key, true, false);
    }

    OddChain withoutProof() {
        return new OddChain(what, certificates, key, false, malformed);
    }

    OddChain asMalformed() {
        return new OddChain(what, certificates, key, proof, true);
    }

    /** The kind of the peer's key, by the name in {@code Capabilities.keyAlgorithms()}. */
    public String keyAlgorithm() {
        return key.getPublic() instanceof EdECKey edwards
                ? edwards.getParams().getName()
                : key.getPublic().getAlgorithm();
    }

    /** The certificates as the JDK reads them, or, where it cannot, as nothing but their bytes. */
    public List<X509Certificate> read() throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        for (byte[] bytes : certificates) {
            try {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
            } catch (CertificateException unreadable) {
                chain.add(new UnreadableCertificate(Bytes.copyOf(bytes)));
            }
        }
        return chain;
    }

    /** Each certificate as PEM, for commands. */
    public List<String> pem() {
        return certificates.stream()
                .map(bytes -> PemText.of("CERTIFICATE", bytes))
                .toList();
    }

    @Override
    public String toString() {
        return what;
    }
}
