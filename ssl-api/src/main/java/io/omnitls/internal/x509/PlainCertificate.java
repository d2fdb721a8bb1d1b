package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A certificate object for bytes that no backend's class takes, though they are a certificate's: OpenSSL reads it and so do
 * we, and the verdict on it has to name it. Its own {@code verify} methods prove nothing and say so.
 */
@SuppressWarnings({"JavaUtilDate", "InlineMeSuggester"}) // the interface of X509Certificate is as old as that
public final class PlainCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;

    private final transient CertificateView view;

    public PlainCertificate(CertificateView view) {
        this.view = view;
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return view.encoded().toByteArray();
    }

    @Override
    public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
        checkValidity(new Date());
    }

    @Override
    public void checkValidity(Date date) throws CertificateExpiredException, CertificateNotYetValidException {
        if (date.before(getNotBefore())) {
            throw new CertificateNotYetValidException("valid from " + view.notBefore());
        }
        if (date.after(getNotAfter())) {
            throw new CertificateExpiredException("valid until " + view.notAfter());
        }
    }

    @Override
    public int getVersion() {
        return view.version();
    }

    @Override
    public BigInteger getSerialNumber() {
        return view.serial();
    }

    @Override
    @Deprecated
    public Principal getIssuerDN() {
        return getIssuerX500Principal();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return new X500Principal(view.issuer().encoded().toByteArray());
    }

    @Override
    @Deprecated
    public Principal getSubjectDN() {
        return getSubjectX500Principal();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return new X500Principal(view.subject().encoded().toByteArray());
    }

    /** A time that nobody can read leaves no time at which the certificate is valid. */
    @Override
    public Date getNotBefore() {
        return Date.from(view.notBefore().instant().orElse(Instant.ofEpochMilli(Long.MAX_VALUE)));
    }

    @Override
    public Date getNotAfter() {
        return Date.from(view.notAfter().instant().orElse(Instant.EPOCH));
    }

    @Override
    public byte[] getTBSCertificate() {
        return view.signed().signedBytes().toByteArray();
    }

    @Override
    public byte[] getSignature() {
        return view.signed().signature().toByteArray();
    }

    @Override
    public String getSigAlgName() {
        return SignatureAlgorithm.of(view.signed().algorithm())
                .map(SignatureAlgorithm::jcaName)
                .orElseGet(this::getSigAlgOID);
    }

    @Override
    public String getSigAlgOID() {
        return view.signed().algorithm().oid();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return view.signed()
                .algorithm()
                .parameters()
                .map(bytes -> bytes.toByteArray())
                .orElse(null);
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return null;
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return null;
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        if (view.extensions().keyUsage().isEmpty()) {
            return null;
        }
        int bits = view.extensions().keyUsage().get();
        boolean[] usage = new boolean[9];
        for (int i = 0; i < 8; i++) {
            usage[i] = (bits & 0x80 >> i) != 0;
        }
        usage[8] = (bits & 0x8000) != 0;
        return usage;
    }

    @Override
    public int getBasicConstraints() {
        return view.extensions().isAuthority()
                ? view.extensions()
                        .basicConstraints()
                        .flatMap(BasicConstraints::limit)
                        .map(limit -> (int) Math.min(limit, Integer.MAX_VALUE))
                        .orElse(Integer.MAX_VALUE)
                : -1;
    }

    @Override
    public void verify(PublicKey key) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException(
                "this certificate is none that a backend can verify; use CertificateVerifier");
    }

    @Override
    public void verify(PublicKey key, String provider) throws NoSuchAlgorithmException {
        verify(key);
    }

    @Override
    public void verify(PublicKey key, Provider provider) throws NoSuchAlgorithmException {
        verify(key);
    }

    @Override
    public String toString() {
        return "certificate of " + view.subject();
    }

    @Override
    public PublicKey getPublicKey() {
        return new PlainKey(view.publicKey());
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return view.extensions().all().stream().anyMatch(Extension::critical);
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return oids(true);
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return oids(false);
    }

    private Set<String> oids(boolean critical) {
        Set<String> oids = new TreeSet<>();
        for (Extension extension : view.extensions().all()) {
            if (extension.critical() == critical) {
                oids.add(extension.oid());
            }
        }
        return oids;
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        for (Extension extension : view.extensions().all()) {
            if (extension.oid().equals(oid)) {
                return DerWriter.octetString(extension.value().toByteArray());
            }
        }
        return null;
    }

    /** The key as bytes, for those that can use it. */
    private static final class PlainKey implements PublicKey {
        private static final long serialVersionUID = 1L;

        private final transient PublicKeyInfo info;

        PlainKey(PublicKeyInfo info) {
            this.info = info;
        }

        @Override
        public String getAlgorithm() {
            return info.kind().orElse(info.algorithm().oid());
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return info.encoded().toByteArray();
        }
    }
}
