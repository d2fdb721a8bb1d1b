package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.PublicKeys;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Makes sure that a private key belongs to its certificate, without looking into the key: it may be in a token. */
final class KeyMatch {
    private static final byte[] CHALLENGE = {'d', 'o', ' ', 'y', 'o', 'u', ' ', 'f', 'i', 't', '?'};

    private KeyMatch() {}

    /** {@code identity}, if its key fits its certificate. */
    static CertifiedKey require(CertifiedKey identity, CryptoServices crypto, String where) throws TlsException {
        PublicKey publicKey = identity.leaf().getPublicKey();
        if (!fits(identity.privateKey(), publicKey, crypto)) {
            throw new TlsException(
                    ErrorReason.KEY_VALUES_MISMATCH,
                    where + ": the " + identity.privateKey().getAlgorithm()
                            + " key does not belong to the certificate of "
                            + identity.leaf().getSubjectX500Principal() + ", which has an "
                            + PublicKeys.algorithm(publicKey) + " key");
        }
        return identity;
    }

    private static boolean fits(PrivateKey key, PublicKey publicKey, CryptoServices crypto) throws TlsException {
        if (key instanceof RSAKey ours && publicKey instanceof RSAKey theirs) {
            return ours.getModulus().equals(theirs.getModulus());
        }
        String algorithm = PublicKeys.algorithm(publicKey);
        try {
            Signature signer = signature(crypto, algorithm);
            signer.initSign(key, crypto.random());
            signer.update(CHALLENGE);
            byte[] signature = signer.sign();
            Signature verifier = signature(crypto, algorithm);
            verifier.initVerify(publicKey);
            verifier.update(CHALLENGE);
            return verifier.verify(signature);
        } catch (SignatureException | java.security.InvalidKeyException e) {
            // A key of another kind, or a signature of another length.
            return false;
        } catch (GeneralSecurityException e) {
            throw new TlsException(
                    ErrorReason.UNSUPPORTED_KEY_TYPE, "this provider cannot sign with " + algorithm + " keys", e);
        }
    }

    private static Signature signature(CryptoServices crypto, String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "RSA" -> crypto.signature("SHA256withRSA");
            case "EC" -> crypto.signature("SHA256withECDSA");
            case "DSA" -> crypto.signature("SHA256withDSA");
            case "RSASSA-PSS" -> {
                Signature pss = crypto.signature("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            default -> crypto.signature(algorithm);
        };
    }
}
