package io.omnitls.bcfips;

import io.omnitls.spi.CryptoServices;
import java.net.Socket;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.jsse.BCX509ExtendedKeyManager;
import org.bouncycastle.jsse.BCX509Key;
import org.jspecify.annotations.Nullable;

/**
 * A key manager that speaks the backend's language. Others ask for a {@code java.security.Key} algorithm; this backend
 * asks for {@code ECDHE_ECDSA} or {@code DHE_RSA} in TLS 1.2 and for {@code EC/secp256r1} in TLS 1.3, one curve after
 * the other.
 *
 * <p>As one of the backend's own kind it also decides which identity is fit for that: left to itself the backend does not
 * sign with an RSA key whose certificate is for keyEncipherment alone.
 */
final class BcKeyManager extends BCX509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;
    private final CryptoServices crypto;

    BcKeyManager(X509ExtendedKeyManager keys, CryptoServices crypto) {
        this.keys = keys;
        this.crypto = crypto;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return onAskedCurve(keyType, keys.chooseEngineServerAlias(algorithm(keyType), issuers, engine));
    }

    /**
     * The backend's own way would ask for one kind of key after the other, and so could not tell that a later one has an
     * issuer that the server names.
     */
    @Override
    public @Nullable BCX509Key chooseEngineClientKeyBC(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        BCX509Key named = clientKey(keyTypes, issuers);
        if (named != null) {
            return named;
        }
        String[] algorithms =
                Arrays.stream(keyTypes).map(BcKeyManager::algorithm).toArray(String[]::new);
        // Whether one may be shown that no named authority has issued is not decided here.
        return keys.chooseEngineClientAlias(algorithms, issuers, engine) == null ? null : clientKey(keyTypes, null);
    }

    private @Nullable BCX509Key clientKey(String[] keyTypes, Principal @Nullable [] issuers) {
        for (String keyType : keyTypes) {
            String[] aliases = keys.getClientAliases(algorithm(keyType), issuers);
            if (aliases == null) {
                continue;
            }
            for (String alias : aliases) {
                if (onAskedCurve(keyType, alias) != null) {
                    return getKeyBC(keyType, alias);
                }
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        throw new AssertionError("the backend asks for the key itself");
    }

    private record Identity(String keyType, PrivateKey privateKey, List<X509Certificate> chain) implements BCX509Key {
        @Override
        public String getKeyType() {
            return keyType;
        }

        @Override
        public PrivateKey getPrivateKey() {
            return privateKey;
        }

        @Override
        public X509Certificate[] getCertificateChain() {
            return chain.toArray(new X509Certificate[0]);
        }
    }

    @Override
    protected @Nullable BCX509Key getKeyBC(String keyType, @Nullable String alias) {
        X509Certificate[] chain = alias == null ? null : getCertificateChain(alias);
        PrivateKey key = alias == null ? null : getPrivateKey(alias);
        return chain == null || key == null ? null : new Identity(keyType, key, List.of(chain));
    }

    /** Called when the identity is about to be used. */
    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        PrivateKey key = keys.getPrivateKey(alias);
        if (key != null) {
            BcTlsSeam.connectionAtWork().ifPresent(connection -> connection.authenticatesWith(key));
        }
        return key;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return keys.getClientAliases(algorithm(keyType), issuers);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return keys.getServerAliases(algorithm(keyType), issuers);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        throw new AssertionError("the backend asked for a socket's key, and it has engines only");
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        throw new AssertionError("the backend asked for a socket's key, and it has engines only");
    }

    /** The key algorithm in the backend's name for a kind of identity. */
    static String algorithm(String keyType) {
        int slash = keyType.indexOf('/');
        String kind = slash < 0 ? keyType : keyType.substring(0, slash);
        return switch (kind) {
            case "ECDHE_ECDSA" -> "EC";
            case "ECDHE_RSA", "DHE_RSA", "KE:RSA" -> "RSA";
            case "DHE_DSS" -> "DSA";
            default -> kind;
        };
    }

    private @Nullable String onAskedCurve(String keyType, @Nullable String alias) {
        int slash = keyType.indexOf('/');
        if (alias == null || slash < 0) {
            return alias;
        }
        X509Certificate[] chain = keys.getCertificateChain(alias);
        return chain != null
                        && chain.length > 0
                        && chain[0].getPublicKey() instanceof ECPublicKey key
                        && isOn(keyType.substring(slash + 1), key)
                ? alias
                : null;
    }

    private boolean isOn(String curve, ECPublicKey key) {
        try {
            AlgorithmParameters parameters = crypto.algorithmParameters("EC");
            parameters.init(new ECGenParameterSpec(curve));
            return parameters
                    .getParameterSpec(ECParameterSpec.class)
                    .getCurve()
                    .equals(key.getParams().getCurve());
        } catch (GeneralSecurityException unknownCurve) {
            return false;
        }
    }
}
