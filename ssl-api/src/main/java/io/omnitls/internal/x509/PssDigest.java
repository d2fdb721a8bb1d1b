package io.omnitls.internal.x509;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/** The digest of an RSASSA-PSS signature, which stands in its parameters. */
public final class PssDigest {
    private PssDigest() {}

    /**
     * The JCA's name, SHA-1 where the parameters name none (RFC 4055 section 3.1); empty when they cannot be read. No
     * cryptography takes place.
     */
    public static Optional<String> of(X509Certificate certificate) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return Optional.of(
                    parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
