package io.omnitls.spi;

import io.omnitls.protocol.Bytes;
import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * What a peer sent as a certificate and its backend cannot read: the bytes alone. A backend that lets its certificates be
 * made by somebody else hands it to the trust manager of its {@link ContextSpec}, which judges the bytes, so that the
 * verdict and the alert are those of every other backend. Whatever else it is asked, it throws an
 * {@link IllegalStateException}.
 */
public final class UnreadableCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;

    private final byte[] encoded;

    /** @param encoded what the peer sent */
    public UnreadableCertificate(Bytes encoded) {
        this.encoded = encoded.toByteArray();
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }

    @Override
    public String toString() {
        return "a certificate of " + encoded.length + " bytes that cannot be read";
    }

    private IllegalStateException unknown() {
        return new IllegalStateException(toString());
    }

    @Override
    public PublicKey getPublicKey() {
        throw unknown();
    }

    @Override
    public int getVersion() {
        throw unknown();
    }

    @Override
    public BigInteger getSerialNumber() {
        throw unknown();
    }

    @Override
    @Deprecated
    public Principal getIssuerDN() {
        throw unknown();
    }

    @Override
    @Deprecated
    public Principal getSubjectDN() {
        throw unknown();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        throw unknown();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        throw unknown();
    }

    @Override
    public Date getNotBefore() {
        throw unknown();
    }

    @Override
    public Date getNotAfter() {
        throw unknown();
    }

    @Override
    public byte[] getTBSCertificate() {
        throw unknown();
    }

    @Override
    public byte[] getSignature() {
        throw unknown();
    }

    @Override
    public String getSigAlgName() {
        throw unknown();
    }

    @Override
    public String getSigAlgOID() {
        throw unknown();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        throw unknown();
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        throw unknown();
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        throw unknown();
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        throw unknown();
    }

    @Override
    public int getBasicConstraints() {
        throw unknown();
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
        throw unknown();
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
        throw unknown();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        throw unknown();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        throw unknown();
    }

    @Override
    public void checkValidity() {
        throw unknown();
    }

    @Override
    public void checkValidity(Date date) {
        throw unknown();
    }

    @Override
    public void verify(PublicKey key) {
        throw unknown();
    }

    @Override
    public void verify(PublicKey key, String provider) {
        throw unknown();
    }
}
