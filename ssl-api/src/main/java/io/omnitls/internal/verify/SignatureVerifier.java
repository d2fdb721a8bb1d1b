package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.internal.x509.SignatureAlgorithm;
import io.omnitls.internal.x509.Signed;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.SignatureException;
import java.util.Optional;

/**
 * Checks signatures by what their algorithm identifiers say, with the backend's cryptography. What the backend cannot
 * check is told from what is forged. Thread-safe.
 */
record SignatureVerifier(CryptoServices crypto) {

    /** What came of it. */
    enum Outcome {
        GOOD,
        FORGED,
        /** The backend knows no such signature. */
        UNKNOWN_ALGORITHM,
        /** It cannot use the key: its curve, its size. */
        UNUSABLE_KEY;

        /** The code for a certificate or a CRL, {@code forged} being the one that says so. */
        VerifyCode code(VerifyCode forged) {
            return switch (this) {
                case GOOD -> VerifyCode.OK;
                case FORGED -> forged;
                case UNKNOWN_ALGORITHM -> VerifyCode.UNSUPPORTED_SIGNATURE_ALGORITHM;
                case UNUSABLE_KEY -> VerifyCode.UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY;
            };
        }
    }

    Outcome check(Signed signed, PublicKeyInfo key) {
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.of(signed.algorithm());
        if (algorithm.isEmpty()) {
            return Outcome.UNKNOWN_ALGORITHM;
        }
        if (key.kind().isEmpty()) {
            return Outcome.UNUSABLE_KEY;
        }
        boolean allowed = algorithm.get().pss().filter(pss -> !key.allows(pss)).isEmpty();
        if (!allowed || !SignatureAlgorithm.fits(signed.algorithm(), key)) {
            return Outcome.FORGED; // a key of another kind, or for other parameters, made no such signature
        }
        try {
            return madeBy(key, key.kind().get(), algorithm.get(), signed) ? Outcome.GOOD : Outcome.FORGED;
        } catch (SignatureException unverified) {
            // SunEC says so for curves too that it has parameters of and no code: secp224r1 and others since JDK 16.
            return EcdsaSignature.wellFormed(algorithm.get(), signed.signature())
                    ? Outcome.UNUSABLE_KEY
                    : Outcome.FORGED;
        } catch (NoSuchAlgorithmException unknown) {
            return Outcome.UNKNOWN_ALGORITHM;
        } catch (GeneralSecurityException unusable) {
            return Outcome.UNUSABLE_KEY;
        }
    }

    private boolean madeBy(PublicKeyInfo key, String kind, SignatureAlgorithm algorithm, Signed signed)
            throws GeneralSecurityException {
        byte[] encoded = key.encoded().toByteArray();
        byte[] message = signed.signedBytes().toByteArray();
        byte[] signature = signed.signature().toByteArray();
        return algorithm.pss().isPresent()
                ? crypto.verify(algorithm.jcaName(), algorithm.pss().get().spec(), kind, encoded, message, signature)
                : crypto.verify(algorithm.jcaName(), kind, encoded, message, signature);
    }

    /** Says what {@link #check} found, for messages: of {@code what}, which {@code issuer} should have signed. */
    static String explain(Outcome outcome, String what, Signed signed, Object issuer, PublicKeyInfo key) {
        return switch (outcome) {
            case GOOD -> "";
            case FORGED -> "the signature on " + what + " was not made with the key of " + issuer;
            case UNKNOWN_ALGORITHM ->
                "the signature on " + what + " cannot be verified: this backend does not know the algorithm "
                        + SignatureAlgorithm.of(signed.algorithm())
                                .map(SignatureAlgorithm::jcaName)
                                .orElse(Excerpt.oid(signed.algorithm().oid()));
            case UNUSABLE_KEY ->
                "the signature on " + what + " cannot be verified: this backend cannot use the key of " + issuer + ", "
                        + key + " with " + key.bits() + " bits";
        };
    }
}
