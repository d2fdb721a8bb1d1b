package io.omnitls.bcfips;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.UnreadableCertificate;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/** A certificate of either end in the backend's hands. */
final class PeerCertificate extends JcaTlsCertificate {
    private PeerCertificate(JcaTlsCrypto crypto, X509Certificate certificate) {
        super(crypto, certificate);
    }

    /** What the backend cannot read goes to our trust manager all the same, which refuses it in the words of others. */
    static PeerCertificate of(JcaTlsCrypto crypto, byte[] encoding) {
        try {
            return new PeerCertificate(crypto, parseCertificate(crypto.getHelper(), encoding));
        } catch (IOException | RuntimeException unreadable) {
            return new PeerCertificate(crypto, new UnreadableCertificate(Bytes.copyOf(encoding)));
        }
    }

    private boolean unreadable() {
        return getX509Certificate() instanceof UnreadableCertificate;
    }

    /** Asked on the way to the trust manager. The backend takes an algorithm that it does not know for one without a hash. */
    @Override
    public String getSigAlgOID() {
        return unreadable() ? "0.0" : super.getSigAlgOID();
    }

    /** Asked on the way to the trust manager, too. */
    @Override
    public byte @Nullable [] getExtension(ASN1ObjectIdentifier extension) throws IOException {
        return unreadable() ? null : super.getExtension(extension);
    }

    /** Its key verifies the peer's handshake signature, and what TLS 1.3 names is the signature scheme. */
    @Override
    public Tls13Verifier createVerifier(int signatureScheme) throws IOException {
        Tls13Verifier verifier = super.createVerifier(signatureScheme);
        BcTlsSeam.connectionAtWork().ifPresent(connection -> connection.peerSignsWith(signatureScheme));
        return verifier;
    }

    /**
     * The keyUsage of an RSA key does not matter, as it does not to OpenSSL: authorities have issued them for
     * keyEncipherment alone from the days when nothing else was done with them, and for (EC)DHE they sign. Which purposes
     * a certificate has is judged by the trust manager.
     */
    @Override
    protected boolean supportsKeyUsageBit(int bit) {
        return isRsa() || super.supportsKeyUsageBit(bit);
    }

    /** The backend's own has an internal error here. */
    @Override
    protected void validateKeyUsageBit(int bit) throws IOException {
        if (!supportsKeyUsageBit(bit)) {
            throw new TlsFatalAlert(
                    AlertDescription.unsupported_certificate,
                    "the keyUsage of the peer's certificate does not allow what its key was used for");
        }
    }

    private boolean isRsa() {
        try {
            PublicKey key = getPublicKey();
            return key.getAlgorithm().startsWith("RSA");
        } catch (IOException unreadable) {
            return false;
        }
    }
}
