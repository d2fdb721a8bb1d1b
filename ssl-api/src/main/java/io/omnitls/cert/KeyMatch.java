package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.BackendCall;
import io.omnitls.internal.x509.BackendCurves;
import io.omnitls.internal.x509.Curve;
import io.omnitls.internal.x509.DecodedKey;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.PssParameters;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.internal.x509.PublicPart;
import io.omnitls.internal.x509.PublicPart.Fit;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/**
 * Makes sure that a private key belongs to its certificate. What the bytes tell decides first, because a backend may have no
 * object for a key that is well-formed; a signature decides the rest, because a key in a token has no bytes to show.
 */
final class KeyMatch {
    private static final byte[] CHALLENGE = {'d', 'o', ' ', 'y', 'o', 'u', ' ', 'f', 'i', 't', '?'};

    private final CryptoServices crypto;
    private final String where;
    private final X509Certificate certificate;
    private final PublicPart theirs;

    private KeyMatch(X509Certificate certificate, CryptoServices crypto, String where) throws TlsException {
        this.crypto = crypto;
        this.where = where;
        this.certificate = certificate;
        try {
            this.theirs = PublicPart.of(certificate);
        } catch (DerException e) {
            throw new TlsException(
                    ErrorReason.BAD_ASN1, where + ": the certificate's public key cannot be read: " + e.getMessage());
        }
    }

    /** The identity of a key that was read here, if it fits the first certificate. */
    static CertifiedKey require(DecodedKey key, List<X509Certificate> chain, CryptoServices crypto, String where)
            throws TlsException {
        KeyMatch match = new KeyMatch(chain.get(0), crypto, where);
        Fit fit = key.publicPart().fits(match.theirs);
        if (fit == Fit.NO) {
            throw match.mismatch(key.publicPart().description());
        }
        // Well-formed is not yet usable: a module may have no use for short keys, or for a curve that it has objects
        // for.
        if (!match.signs(key.privateKey(), fit)) {
            throw match.mismatch(key.publicPart().description());
        }
        return match.identity(key.privateKey(), chain);
    }

    /** {@code identity}, if its key, of which nothing is known, fits its certificate. */
    static CertifiedKey require(CertifiedKey identity, CryptoServices crypto, String where) throws TlsException {
        KeyMatch match = new KeyMatch(identity.leaf(), crypto, where);
        PrivateKey key = identity.privateKey();
        Fit fit = match.attributesFit(key);
        // Nobody signs in vain with a key that is elsewhere and may ask its owner each time, unless nothing else tells.
        boolean useTells = fit == Fit.UNKNOWN || match.theirs.curve().isPresent();
        if (fit == Fit.NO || useTells && !match.signs(key, fit)) {
            throw match.mismatch(key.getAlgorithm());
        }
        return match.identity(key, identity.chain());
    }

    /** Whether {@code certificate} is that of {@code key}, as far as the bytes tell. */
    static Fit fit(DecodedKey key, X509Certificate certificate) {
        try {
            return key.publicPart().fits(PublicPart.of(certificate));
        } catch (DerException unreadable) {
            return Fit.NO;
        }
    }

    private CertifiedKey identity(PrivateKey key, List<X509Certificate> chain) throws TlsException {
        for (X509Certificate each : chain) {
            Pem.trusted(each, where); // what we cannot read, no peer can
        }
        return new CertifiedKey(key, chain);
    }

    /** What a key tells without its bytes. */
    private Fit attributesFit(PrivateKey key) {
        String family = family(key);
        if (!family.equals("EdDSA") && !family.equals(theirs.family())) {
            return isKnown(family) ? Fit.NO : Fit.UNKNOWN;
        }
        if (key instanceof RSAKey rsa && theirs.modulus().isPresent()) {
            return rsa.getModulus().equals(theirs.modulus().get()) ? Fit.YES : Fit.NO;
        }
        return Fit.UNKNOWN;
    }

    /** Whether a key is on another curve, or on the same one; tokens may not tell. */
    private Fit curveFit(PrivateKey key) {
        Optional<Curve> ours =
                key instanceof ECKey ec && ec.getParams() != null ? Curve.of(ec.getParams()) : Optional.empty();
        return ours.isEmpty() ? Fit.UNKNOWN : ours.map(Curve::name).equals(theirs.curve()) ? Fit.YES : Fit.NO;
    }

    /** Backends disagree about the names. */
    private static String family(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "ECDSA" -> "EC";
            case "RSASSA-PSS" -> "RSA";
            default -> key.getAlgorithm();
        };
    }

    private static boolean isKnown(String family) {
        return List.of("RSA", "EC", "DSA").contains(family);
    }

    /** Whether what {@code key} signs can be verified with the certificate. */
    private boolean signs(PrivateKey key, Fit fit) throws TlsException {
        Fit curve = curveFit(key);
        if (curve == Fit.NO) {
            return false;
        }
        try {
            return BackendCall.guarded(() -> signed(key));
        } catch (GeneralSecurityException e) {
            boolean refused = e instanceof SignatureException || e instanceof InvalidKeyException;
            if (refused && fit == Fit.UNKNOWN && curve == Fit.UNKNOWN) {
                // A key of another kind, or a signature of another length.
                return false;
            }
            throw new TlsException(
                    ErrorReason.UNSUPPORTED_KEY_TYPE,
                    where + ": this provider's cryptography ("
                            + String.join(", ", crypto.providers("KeyFactory", theirs.name()))
                            + ") cannot sign with keys that are " + info().description() + ": " + Excerpt.of(e));
        }
    }

    private boolean signed(PrivateKey key) throws GeneralSecurityException {
        PublicKey publicKey = publicKey();
        Signature signer = pss().isPresent()
                ? crypto.signature(algorithm(), key, pss().get())
                : crypto.signature(algorithm(), key);
        signer.update(CHALLENGE);
        byte[] signature = signer.sign();
        Signature verifier = crypto.signature(algorithm());
        if (pss().isPresent()) {
            verifier.setParameter(pss().get());
        }
        verifier.initVerify(publicKey);
        verifier.update(CHALLENGE);
        return verifier.verify(signature);
    }

    /** Not the certificate's own object, which a backend leaves without a curve that was spelt out. */
    private PublicKey publicKey() throws GeneralSecurityException {
        try {
            return crypto.keyFactory(theirs.name()).generatePublic(new X509EncodedKeySpec(theirs.encoded()));
        } catch (GeneralSecurityException e) {
            BackendCurves curves = new BackendCurves(crypto);
            if (theirs.curve().isPresent() && !curves.has(theirs.curve().get())) {
                throw new GeneralSecurityException(curves.backend() + " does not have the curve");
            }
            throw e;
        }
    }

    private String algorithm() {
        return switch (theirs.name()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            default -> theirs.name();
        };
    }

    private Optional<PSSParameterSpec> pss() {
        return theirs.name().equals("RSASSA-PSS")
                ? Optional.of(info().pssParameters().map(PssParameters::spec).orElse(USUAL))
                : Optional.empty();
    }

    private static final PSSParameterSpec USUAL =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private PublicKeyInfo info() {
        try {
            return PublicKeyInfo.of(theirs.encoded());
        } catch (DerException e) {
            throw new AssertionError("it has been read before", e);
        }
    }

    private TlsException mismatch(String ours) {
        return new TlsException(
                ErrorReason.KEY_VALUES_MISMATCH,
                where + ": the key (" + ours + ") does not belong to the certificate of "
                        + Excerpt.name(certificate.getSubjectX500Principal().toString())
                        + ", which has another (" + theirs.description() + ")");
    }
}
