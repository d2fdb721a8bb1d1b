package io.omnitls.conscrypt;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A key manager with one self-signed identity, or none. */
final class FixedKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "fixed";

    private final @Nullable X509Bundle identity;

    private FixedKey(@Nullable X509Bundle identity) {
        this.identity = identity;
    }

    static FixedKey none() {
        return new FixedKey(null);
    }

    static FixedKey of(Algorithm algorithm) {
        try {
            return new FixedKey(new CertificateBuilder()
                    .subject("CN=" + algorithm)
                    .algorithm(algorithm)
                    .setIsCertificateAuthority(true)
                    .setKeyUsage(true, KeyUsage.digitalSignature, KeyUsage.keyCertSign)
                    .buildSelfSigned());
        } catch (Exception e) {
            throw new AssertionError("a test certificate could not be made", e);
        }
    }

    private @Nullable String alias(String... keyTypes) {
        if (identity == null) {
            return null;
        }
        String algorithm = identity.getKeyPair().getPrivate().getAlgorithm();
        return Arrays.asList(keyTypes).contains(algorithm) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return identity == null ? null : new X509Certificate[] {identity.getCertificate()};
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return identity == null ? null : identity.getKeyPair().getPrivate();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        throw new UnsupportedOperationException();
    }
}
