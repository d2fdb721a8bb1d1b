package io.omnitls.bcfips;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.SignatureScheme;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.X509KeyManager;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * A context's own RSASSA-PSS keys, some of which may be for one digest alone (RFC 4055 section 3.1). The backend signs with one
 * by the first scheme that both ends have, whatever the key says, so it must not have the others.
 */
final class PssKeys {
    private record Needs(ASN1ObjectIdentifier digest, int saltLength) {
        boolean metBy(RSASSAPSSparams key) {
            return key.getHashAlgorithm().getAlgorithm().equals(digest)
                    && AlgorithmIdentifier.getInstance(key.getMaskGenAlgorithm().getParameters())
                            .getAlgorithm()
                            .equals(digest)
                    && key.getSaltLength().intValueExact() <= saltLength;
        }
    }

    private static final Map<SignatureScheme, Needs> SCHEMES = Map.of(
            SignatureScheme.RSA_PSS_PSS_SHA256, new Needs(NISTObjectIdentifiers.id_sha256, 32),
            SignatureScheme.RSA_PSS_PSS_SHA384, new Needs(NISTObjectIdentifiers.id_sha384, 48),
            SignatureScheme.RSA_PSS_PSS_SHA512, new Needs(NISTObjectIdentifiers.id_sha512, 64));

    private final List<RSASSAPSSparams> limited;

    private PssKeys(List<RSASSAPSSparams> limited) {
        this.limited = limited;
    }

    /** Those of {@code keys}. */
    static PssKeys of(X509KeyManager keys) throws TlsException {
        String[] aliases = keys.getServerAliases("RSASSA-PSS", null);
        try {
            List<RSASSAPSSparams> limited = new ArrayList<>();
            for (String alias : aliases == null ? new String[0] : aliases) {
                X509Certificate[] chain = keys.getCertificateChain(alias);
                if (chain != null) {
                    AlgorithmIdentifier algorithm = Certificate.getInstance(chain[0].getEncoded())
                            .getSubjectPublicKeyInfo()
                            .getAlgorithm();
                    if (algorithm.getParameters() != null) {
                        limited.add(RSASSAPSSparams.getInstance(algorithm.getParameters()));
                    }
                }
            }
            return new PssKeys(limited);
        } catch (CertificateEncodingException e) {
            throw new TlsException(ErrorReason.BAD_ASN1, "the certificate of this end cannot be encoded", e);
        }
    }

    /** Whether one of them is for one digest alone. */
    boolean limited() {
        return !limited.isEmpty();
    }

    /**
     * Those of {@code schemes} that each of the keys allows.
     *
     * @throws TlsException when two keys are for different digests
     */
    List<SignatureScheme> allowed(List<SignatureScheme> schemes) throws TlsException {
        List<SignatureScheme> allowed = schemes.stream().filter(this::allows).toList();
        if (allowed.stream().noneMatch(SCHEMES::containsKey)) {
            throw new TlsException(
                    ErrorReason.UNSUPPORTED_KEY_TYPE,
                    "this end's RSASSA-PSS keys are for different digests, and BC-FIPS signs with all of them by one"
                            + " scheme; give each a context of its own");
        }
        return allowed;
    }

    private boolean allows(SignatureScheme scheme) {
        Needs needs = SCHEMES.get(scheme);
        return needs == null || limited.stream().allMatch(needs::metBy);
    }
}
