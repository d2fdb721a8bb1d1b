package io.omnitls.internal.verify;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.PublicKeyInfo;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds this end's own certificates to what it asks of its peers': OpenSSL's {@code ssl_security_cert}. */
public record IdentityCheck(SecurityLevel level) {

    /** The public key of {@code identity}, all of whose certificates can be read and are strong enough. */
    public PublicKeyInfo require(CertifiedKey identity) throws TlsException {
        List<CertificateView> chain = new ArrayList<>();
        for (X509Certificate certificate : identity.chain()) {
            try {
                chain.add(CertificateView.of(certificate));
            } catch (DerException malformed) {
                throw new TlsException(
                        ErrorReason.BAD_ASN1,
                        "the certificate at position " + chain.size() + " of this end's chain cannot be read: "
                                + malformed.getMessage(),
                        malformed);
            }
        }
        Optional<ChainCheck.Finding> weak = new StrengthCheck(level.minimumBits()).ofIdentity(chain);
        if (weak.isPresent()) {
            throw new TlsException(
                    ErrorReason.valueOf(weak.get().code().name()),
                    weak.get().explanation() + " at security level " + level.number());
        }
        return chain.get(0).publicKey();
    }
}
