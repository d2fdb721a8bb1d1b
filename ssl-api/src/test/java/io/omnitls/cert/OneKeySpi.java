package io.omnitls.cert;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStoreSpi;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;

/** A key store with one private key named {@code key}, which has no certificate. */
final class OneKeySpi extends KeyStoreSpi {
    private final PrivateKey key;

    OneKeySpi(PrivateKey key) {
        this.key = key;
    }

    @Override
    public Key engineGetKey(String alias, char[] password) {
        return key;
    }

    @Override
    public Certificate[] engineGetCertificateChain(String alias) {
        return null;
    }

    @Override
    public Certificate engineGetCertificate(String alias) {
        return null;
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // the signature is KeyStoreSpi's
    public Date engineGetCreationDate(String alias) {
        return new Date(0);
    }

    @Override
    public void engineSetKeyEntry(String alias, Key added, char[] password, Certificate[] chain) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] added, Certificate[] chain) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void engineDeleteEntry(String alias) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Enumeration<String> engineAliases() {
        return Collections.enumeration(List.of("key"));
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return alias.equals("key");
    }

    @Override
    public int engineSize() {
        return 1;
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return true;
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return false;
    }

    @Override
    public String engineGetCertificateAlias(Certificate certificate) {
        return null;
    }

    @Override
    public void engineStore(OutputStream stream, char[] password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void engineLoad(InputStream stream, char[] password) {
        // There is nothing to load.
    }
}
