package io.omnitls.internal.verify;

import io.omnitls.cert.OcspStapling;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.CryptoServices;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges certificate chains: OpenSSL's {@code X509_verify_cert}. Builds the path, then makes the checks in OpenSSL's
 * order, so that the first failure is the one that OpenSSL reports. Thread-safe.
 */
public final class ChainVerifier {
    private final TrustAnchors anchors;
    private final CryptoServices crypto;
    private final VerifiedSignatures signatures;
    private final VerifiedPaths paths = new VerifiedPaths();

    /** @param crypto checks the signatures */
    public ChainVerifier(TrustAnchors anchors, CryptoServices crypto) {
        this.anchors = anchors;
        this.crypto = crypto;
        this.signatures = new VerifiedSignatures(crypto);
    }

    /**
     * The verdict on {@code presented}, the peer's certificate first; the others may stand in any order, and some may be
     * of no use.
     */
    public VerifyResult verify(List<X509Certificate> presented, VerifyRequest request) {
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
                    VerifyCode.UNSPECIFIED, 0, presented, "the certificates could not be judged: " + hostile);
        }
    }

    /** The same, and then what the OCSP response that came with the chain makes of it. */
    VerifyResult verify(
            List<X509Certificate> presented, VerifyRequest request, OcspStapling mode, Optional<Bytes> response) {
        VerifyResult result = verify(presented, request);
        if (!result.ok()) {
            return result;
        }
        return new StapleCheck(mode, response, request.time(), crypto)
                .check(result.chain())
                .map(found -> new VerifyResult(found.code(), found.depth(), result.chain(), found.explanation()))
                .orElse(result);
    }

    private VerifyResult judge(List<X509Certificate> presented, VerifyRequest request) {
        if (presented.isEmpty()) {
            return new VerifyResult(VerifyCode.INVALID_CALL, 0, List.of(), "there is no certificate");
        }
        X509Certificate leaf = presented.get(0);
        if (Security.ofKey(leaf) < request.securityBits()) {
            return new VerifyResult(
                    VerifyCode.EE_KEY_TOO_SMALL,
                    0,
                    List.of(leaf),
                    "the key has " + Security.ofKey(leaf) + " bits of security, " + request.securityBits()
                            + " are asked for");
        }
        PathBuilder builder = new PathBuilder(anchors, presented, request);
        Optional<VerifyResult> unbuilt = builder.build();
        if (unbuilt.isPresent()) {
            return unbuilt.get();
        }
        List<X509Certificate> path = List.copyOf(builder.path());
        for (ChainCheck check : checks(request)) {
            Optional<ChainCheck.Finding> finding = check.check(path);
            if (finding.isPresent()) {
                ChainCheck.Finding found = finding.get();
                return new VerifyResult(found.code(), found.depth(), path, found.explanation());
            }
        }
        return new VerifyResult(VerifyCode.OK, 0, path, "");
    }

    /** In the order of {@code verify_chain}. */
    private List<ChainCheck> checks(VerifyRequest request) {
        List<ChainCheck> checks = new ArrayList<>();
        checks.add(new ExtensionsCheck(request.purpose(), request.flags()));
        checks.add(new StrengthCheck(request.securityBits()));
        request.name().ifPresent(name -> checks.add(new NameCheck(name, request.commonName())));
        boolean wholeChain = request.flags().contains(VerifyFlag.CRL_CHECK_CHAIN);
        if (wholeChain || request.flags().contains(VerifyFlag.CRL_CHECK_LEAF)) {
            checks.add(new RevocationCheck(wholeChain, request.time(), anchors, crypto));
        }
        checks.add(new SignatureCheck(request.time(), signatures));
        checks.add(new NameConstraintsCheck());
        return checks;
    }
}
