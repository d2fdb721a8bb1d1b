package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.verify.webpki.CrlRules;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.PlainCertificate;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.UnreadableCertificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges certificate chains: OpenSSL's {@code X509_verify_cert}. Builds the path, then makes the checks in OpenSSL's
 * order, so that the first failure is the one that OpenSSL reports. Goes by the bytes of the certificates alone, so the
 * verdict is the same whatever class they come in. Thread-safe.
 */
public final class ChainVerifier {
    private final TrustAnchors anchors;
    private final SignatureVerifier verifier;
    private final VerifiedSignatures signatures;
    private final VerifiedPaths paths = new VerifiedPaths();

    /** @param crypto checks the signatures */
    public ChainVerifier(TrustAnchors anchors, CryptoServices crypto) {
        this.anchors = anchors;
        this.verifier = new SignatureVerifier(crypto);
        this.signatures = new VerifiedSignatures(verifier);
    }

    /**
     * The verdict on {@code presented}, the peer's certificate first; the others may stand in any order, and some may be
     * of no use.
     */
    public VerifyResult verify(List<X509Certificate> presented, VerifyRequest request) {
        Optional<VerifyResult> known = paths.findSame(presented, request);
        return known.isPresent() ? known.get() : verifyMembers(presented, request);
    }

    private VerifyResult verifyMembers(List<X509Certificate> presented, VerifyRequest request) {
        List<PathMember> members = new ArrayList<>(presented.size());
        for (X509Certificate certificate : presented) {
            try {
                CertificateView view = CertificateView.of(certificate);
                // What a backend could not read has bytes and nothing else to hand out.
                members.add(PathMember.presented(
                        view, certificate instanceof UnreadableCertificate ? new PlainCertificate(view) : certificate));
            } catch (DerException malformed) {
                if (members.isEmpty()) {
                    return unreadable(presented, malformed);
                }
                // Another one that cannot be read vouches for nobody, as if it were not there.
            }
        }
        return judgeMembers(members, request);
    }

    /**
     * The same for certificates that no backend has made objects of: a peer may send what its class does not take.
     *
     * @param presented in DER
     */
    public VerifyResult verifyEncoded(List<byte[]> presented, VerifyRequest request) {
        List<PathMember> members = new ArrayList<>(presented.size());
        for (byte[] encoded : presented) {
            try {
                CertificateView view = CertificateView.parse(encoded);
                members.add(PathMember.presented(view, new PlainCertificate(view)));
            } catch (DerException malformed) {
                if (members.isEmpty()) {
                    return unreadable(List.of(), malformed);
                }
            }
        }
        return judgeMembers(members, request);
    }

    /** OpenSSL would not even have begun: it cannot load such a certificate, and a handshake ends with bad_certificate. */
    private static VerifyResult unreadable(List<X509Certificate> presented, DerException why) {
        return new VerifyResult(
                VerifyCode.CERT_REJECTED, 0, presented, "the certificate cannot be read: " + why.getMessage());
    }

    /** Whether the bytes are those of a certificate. */
    static boolean readable(X509Certificate certificate) {
        try {
            CertificateView.of(certificate);
            return true;
        } catch (DerException malformed) {
            return false;
        }
    }

    private VerifyResult judgeMembers(List<PathMember> presented, VerifyRequest request) {
        try {
            Optional<VerifyResult> known = paths.find(presented, request);
            if (known.isPresent()) {
                return known.get();
            }
            VerifyResult result = judge(presented, request);
            paths.remember(presented, request, result);
            return result;
        } catch (RuntimeException | StackOverflowError hostile) {
            // No certificate, however hostile, makes anything but a verdict.
            return new VerifyResult(
                    VerifyCode.UNSPECIFIED,
                    0,
                    new CertificatePath(presented).certificates(),
                    "the certificates could not be judged: " + Excerpt.of(hostile));
        }
    }

    /** The same, and then what the OCSP response that came with the chain makes of it. */
    public VerifyResult verify(
            List<X509Certificate> presented, VerifyRequest request, StaplePolicy policy, Optional<Bytes> response) {
        VerifyResult result = verify(presented, request);
        if (!result.ok()) {
            return result;
        }
        List<PathMember> path = new ArrayList<>();
        for (X509Certificate certificate : result.chain()) {
            path.add(PathMember.presented(viewed(certificate), certificate));
        }
        StrengthCheck strength = new StrengthCheck(request.rules().securityBits());
        return new StapleCheck(policy, response, request.time(), strength, verifier)
                .check(new CertificatePath(path))
                .map(found -> new VerifyResult(found.code(), found.depth(), result.chain(), found.explanation()))
                .orElse(result);
    }

    /** What the bytes say of a certificate that was read before. */
    public static CertificateView viewed(X509Certificate certificate) {
        try {
            return CertificateView.of(certificate);
        } catch (DerException impossible) {
            throw new AssertionError("a certificate that was judged cannot be read", impossible);
        }
    }

    private VerifyResult judge(List<PathMember> presented, VerifyRequest request) {
        if (presented.isEmpty()) {
            return new VerifyResult(VerifyCode.INVALID_CALL, 0, List.of(), "there is no certificate");
        }
        PathMember leaf = presented.get(0);
        StrengthCheck strength = new StrengthCheck(request.rules().securityBits());
        if (!strength.strong(leaf.view())) {
            return new VerifyResult(
                    VerifyCode.EE_KEY_TOO_SMALL, 0, List.of(leaf.certificate()), strength.weakness(leaf.view()));
        }
        PathBuilder builder = new PathBuilder(anchors, presented, request);
        Optional<ChainCheck.Finding> finding = builder.build();
        CertificatePath path = builder.path();
        if (finding.isEmpty()) {
            finding = first(checks(request, signatures, true), path);
        }
        if (finding.isEmpty()) {
            return good(path);
        }
        return request.rules().backtracking()
                ? other(presented, request, failed(path, finding.get()))
                : failed(path, finding.get());
    }

    private static Optional<ChainCheck.Finding> first(List<ChainCheck> checks, CertificatePath path) {
        for (ChainCheck check : checks) {
            Optional<ChainCheck.Finding> finding = check.check(path);
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    private static VerifyResult good(CertificatePath path) {
        return new VerifyResult(VerifyCode.OK, 0, path.certificates(), "");
    }

    private static VerifyResult failed(CertificatePath path, ChainCheck.Finding found) {
        return new VerifyResult(found.code(), found.depth(), path.certificates(), found.explanation());
    }

    /** Another path that is good, or else what is wrong with the first. The search proposes, the checks decide. */
    private VerifyResult other(List<PathMember> presented, VerifyRequest request, VerifyResult failure) {
        SearchBudget budget = new SearchBudget();
        Signatures searched = new SearchedSignatures(verifier, signatures, budget);
        Optional<CertificatePath> path = new PathSearch(
                        anchors,
                        presented,
                        request,
                        budget,
                        checks(request, searched, false),
                        checks(request, searched, true))
                .find();
        if (path.isPresent()
                && first(checks(request, signatures, true), path.get()).isEmpty()) {
            return good(path.get());
        }
        return budget.exhausted()
                ? new VerifyResult(
                        failure.code(),
                        failure.depth(),
                        failure.chain(),
                        failure.explanation() + " (there are more paths than are tried)")
                : failure;
    }

    /**
     * In the order of {@code verify_chain}; what OpenSSL has not comes last, so that its codes come first.
     *
     * @param whole whether all of the path is there; else only those whose complaints no continuation of it removes
     */
    private List<ChainCheck> checks(VerifyRequest request, Signatures known, boolean whole) {
        List<ChainCheck> checks = new ArrayList<>();
        checks.add(new ExtensionsCheck(request));
        checks.add(new StrengthCheck(request.rules().securityBits()));
        if (whole) {
            request.name()
                    .ifPresent(name ->
                            checks.add(new NameCheck(name, request.rules().commonName())));
            checks.addAll(revocation(request, RevocationCheck.Objection.NONE));
        }
        checks.add(new SignatureCheck(request, known));
        checks.add(new NameConstraintsCheck());
        if (whole) {
            checks.add(new ResourcesCheck());
        }
        if (request.rules().webPki()) {
            checks.add(new WebPkiCheck(request));
            checks.add(new WebPkiConstraintsCheck());
        }
        if (request.rules().webPki() && whole) {
            request.name().ifPresent(name -> checks.add(new WildcardCheck(name)));
            checks.addAll(revocation(request, CrlRules::complaint));
        }
        return checks;
    }

    private List<ChainCheck> revocation(VerifyRequest request, RevocationCheck.Objection objection) {
        boolean wholeChain = request.rules().flags().contains(VerifyFlag.CRL_CHECK_CHAIN);
        return wholeChain || request.rules().flags().contains(VerifyFlag.CRL_CHECK_LEAF)
                ? List.of(new RevocationCheck(wholeChain, request.time(), anchors, verifier, objection))
                : List.of();
    }
}
