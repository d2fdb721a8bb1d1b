package io.omnitls.testkit.odd;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Bytes that SunJSSE sends as a certificate, whatever they are. It asks for little more than the key. */
final class RawCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private final transient PublicKey key;

    RawCertificate(byte[] bytes, PublicKey key) {
        this.bytes = bytes.clone();
        this.key = key;
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public PublicKey getPublicKey() {
        return key;
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return null;
    }

    @Override
    public int getVersion() {
        return 3;
    }

    @Override
    public String getSigAlgName() {
        return "SHA256withECDSA";
    }

    @Override
    public String getSigAlgOID() {
        return "1.2.840.10045.4.3.2";
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return new X500Principal("CN=nobody");
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return getIssuerX500Principal();
    }

    @Override
    @Deprecated
    public Principal getIssuerDN() {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    public Principal getSubjectDN() {
        throw new UnsupportedOperationException();
    }

    @Override
    public BigInteger getSerialNumber() {
        return BigInteger.ONE;
    }

    @Override
    public Date getNotBefore() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Date getNotAfter() {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] getTBSCertificate() {
        return bytes.clone();
    }

    @Override
    public byte[] getSignature() {
        return new byte[0];
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return null;
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
    public int getBasicConstraints() {
        return -1;
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
        return null;
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
        return null;
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return null;
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return false;
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(Date date) {}

    @Override
    public void verify(PublicKey issuer) {}

    @Override
    public void verify(PublicKey issuer, String provider) {}

    @Override
    public String toString() {
        return bytes.length + " bytes that are sent as a certificate";
    }
}
