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

    /** The public key of {@code identity}, if its certificate can be read. */
    public PublicKeyInfo key(CertifiedKey identity) throws TlsException {
        return view(identity.leaf(), 0).publicKey();
    }

    /** Refuses an identity of whose certificates one cannot be read or is not strong enough. */
    public void require(CertifiedKey identity) throws TlsException {
        List<CertificateView> chain = new ArrayList<>();
        for (X509Certificate certificate : identity.chain()) {
            chain.add(view(certificate, chain.size()));
        }
        Optional<ChainCheck.Finding> weak = new StrengthCheck(level.minimumBits()).ofIdentity(chain);
        if (weak.isPresent()) {
            throw new TlsException(
                    ErrorReason.valueOf(weak.get().code().name()),
                    weak.get().explanation() + " at security level " + level.number());
        }
    }

    private static CertificateView view(X509Certificate certificate, int position) throws TlsException {
        try {
            return CertificateView.of(certificate);
        } catch (DerException malformed) {
            throw new TlsException(
                    ErrorReason.BAD_ASN1,
                    "the certificate at position " + position + " of this end's chain cannot be read: "
                            + malformed.getMessage(),
                    malformed);
        }
    }
}
