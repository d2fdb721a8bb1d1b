package io.omnitls.forge;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;

/** A certificate that is nothing but its bytes: stands for those that a {@link CertificateFactory} does not read. */
public final class EncodedCertificate extends X509Certificate {
    private static final long serialVersionUID = 1;

    private final byte[] der;

    private EncodedCertificate(byte[] der) {
        this.der = der.clone();
    }

    /** The object that the factory makes of the bytes, and where it refuses or changes them, the bytes alone. */
    public static X509Certificate read(byte[] der, CertificateFactory factory) {
        try {
            X509Certificate certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            // BC-FIPS writes anew what it has read, with the attributes of an RDN in another order: that is another
            // certificate, whose signature is wrong.
            boolean same = certificate != null && Arrays.equals(certificate.getEncoded(), der);
            return same ? certificate : new EncodedCertificate(der);
        } catch (CertificateException | RuntimeException refused) {
            // Some factories let the exceptions of their parsers through.
            return new EncodedCertificate(der);
        }
    }

    @Override
    public byte[] getEncoded() {
        return der.clone();
    }

    @Override
    public String toString() {
        return "certificate of " + der.length + " bytes that no factory reads";
    }

    private static UnsupportedOperationException unread() {
        return new UnsupportedOperationException("there is nothing but the bytes");
    }

    @Override
    public void checkValidity() {
        throw unread();
    }

    @Override
    public void checkValidity(Date date) {
        throw unread();
    }

    @Override
    public int getVersion() {
        throw unread();
    }

    @Override
    public BigInteger getSerialNumber() {
        throw unread();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getIssuerDN() {
        throw unread();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getSubjectDN() {
        throw unread();
    }

    @Override
    public Date getNotBefore() {
        throw unread();
    }

    @Override
    public Date getNotAfter() {
        throw unread();
    }

    @Override
    public byte[] getTBSCertificate() {
        throw unread();
    }

    @Override
    public byte[] getSignature() {
        throw unread();
    }

    @Override
    public String getSigAlgName() {
        throw unread();
    }

    @Override
    public String getSigAlgOID() {
        throw unread();
    }

    @Override
    public byte[] getSigAlgParams() {
        throw unread();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        throw unread();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        throw unread();
    }

    @Override
    public boolean[] getKeyUsage() {
        throw unread();
    }

    @Override
    public int getBasicConstraints() {
        throw unread();
    }

    @Override
    public void verify(PublicKey key) {
        throw unread();
    }

    @Override
    public void verify(PublicKey key, String provider) {
        throw unread();
    }

    @Override
    public PublicKey getPublicKey() {
        throw unread();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        throw unread();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        throw unread();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        throw unread();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        throw unread();
    }
}
