package io.omnitls.internal.verify;

import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import java.util.List;
import java.util.Set;

/**
 * The rules that a chain is held to, whomever it is to speak for and whenever.
 *
 * @param securityBits the least security of keys and signatures; 0 for any
 * @param maxDepth how many certificates may stand between the leaf and the anchor
 * @param commonName whether the subject's common name counts where there is no subjectAltName
 * @param backtracking whether other paths are tried where the first one fails; always so under {@code WEBPKI}
 */
public record VerifyRules(
        Set<VerifyFlag> flags,
        int securityBits,
        int maxDepth,
        boolean commonName,
        VerifyProfile profile,
        boolean backtracking) {
    private static final int MAX_WITH_SELF_ISSUED = 20;

    public VerifyRules {
        flags = Set.copyOf(flags);
        backtracking = backtracking || profile == VerifyProfile.WEBPKI;
    }

    boolean webPki() {
        return profile == VerifyProfile.WEBPKI;
    }

    /** Whether RFC 5280 is to be kept to the letter. */
    boolean strict() {
        return webPki() || flags.contains(VerifyFlag.X509_STRICT);
    }

    /** Whether any anchor ends a path, be it self-signed or not. */
    boolean partialChain() {
        return webPki() || flags.contains(VerifyFlag.X509_PARTIAL_CHAIN);
    }

    /**
     * Whether these certificates may all stand between a leaf and its anchor. OpenSSL counts each; RFC 5280 section 6.1, and
     * so WEBPKI, those that have not issued themselves a new key, but there is an end to that too.
     */
    boolean allowsBetween(List<PathMember> issuers) {
        long counted = issuers.size();
        if (webPki() && counted <= MAX_WITH_SELF_ISSUED) {
            counted = issuers.stream()
                    .filter(issuer -> !issuer.view().selfIssued())
                    .count();
        }
        return counted <= maxDepth;
    }

    /** {@code depth}, if it can be one. */
    public static int requireDepth(int depth) {
        if (depth < 0) {
            throw new IllegalArgumentException("the depth of a chain is not negative, unlike " + depth);
        }
        return depth;
    }
}
