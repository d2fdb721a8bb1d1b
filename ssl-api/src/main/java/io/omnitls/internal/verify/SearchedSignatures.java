package io.omnitls.internal.verify;

import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.protocol.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * The signatures of one search, each checked once whether good or bad. They do not become {@link VerifiedSignatures}, which
 * a stranger whose certificates lead to no anchor could fill.
 */
final class SearchedSignatures implements Signatures {
    private final SignatureVerifier verifier;
    private final VerifiedSignatures remembered;
    private final SearchBudget budget;
    private final Map<Edge, SignatureVerifier.Outcome> checked = new HashMap<>();

    private record Edge(CertificateView certificate, Bytes key) {}

    SearchedSignatures(SignatureVerifier verifier, VerifiedSignatures remembered, SearchBudget budget) {
        this.verifier = verifier;
        this.remembered = remembered;
        this.budget = budget;
    }

    @Override
    public SignatureVerifier.Outcome check(CertificateView certificate, PublicKeyInfo key) {
        return checked.computeIfAbsent(new Edge(certificate, key.encoded()), edge -> {
            if (remembered.knows(certificate, key)) {
                return SignatureVerifier.Outcome.GOOD;
            }
            budget.spendSignature();
            return budget.exhausted() ? SignatureVerifier.Outcome.FORGED : verifier.check(certificate.signed(), key);
        });
    }
}
