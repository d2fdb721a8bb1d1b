package io.omnitls.cert;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.given.Given;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * The verdict on a certificate chain.
 *
 * @param code what {@code openssl verify} says; {@link VerifyCode#OK} when the chain is good
 * @param depth the position in {@code chain} of the certificate that the code is about; 0 is the peer's own
 * @param chain the path from the peer's certificate to the trust anchor, or as far as it could be built
 * @param explanation one sentence for people: what was found and what was expected; empty when the chain is good
 */
public record VerifyResult(VerifyCode code, int depth, List<X509Certificate> chain, String explanation) {
    public VerifyResult {
        Objects.requireNonNull(code, "code");
        Given.all(chain, "chain");
        Objects.requireNonNull(explanation, "explanation");
        chain = List.copyOf(chain);
    }

    /** Whether the chain is good. */
    public boolean ok() {
        return code == VerifyCode.OK;
    }
}
