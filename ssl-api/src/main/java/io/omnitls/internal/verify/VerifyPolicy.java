package io.omnitls.internal.verify;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.internal.cipher.SecurityLevel;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * The settings that every chain is held to, whoever presents it and whatever for: OpenSSL's {@code X509_VERIFY_PARAM}.
 *
 * @param maxDepth how many certificates may stand between the leaf and the anchor
 * @param commonName whether the subject's common name counts where there is no subjectAltName
 * @param stapling what becomes of an OCSP response that a server staples to its certificate
 * @param backtracking whether other paths are tried where the first one fails
 */
public record VerifyPolicy(
        Set<VerifyFlag> flags,
        SecurityLevel securityLevel,
        int maxDepth,
        Clock clock,
        boolean commonName,
        StaplePolicy stapling,
        VerifyProfile profile,
        boolean backtracking) {
    public VerifyPolicy {
        flags = Set.copyOf(flags);
        if (commonName && profile == VerifyProfile.WEBPKI) {
            throw new IllegalArgumentException(
                    "hostnameChecksCommonName contradicts the profile WEBPKI, where a common name is no host's name");
        }
    }

    /** What a chain that is presented now has to satisfy; {@code name} is empty for anybody. */
    public VerifyRequest request(Purpose purpose, Optional<PeerName> name) {
        return new VerifyRequest(
                purpose,
                name,
                clock.instant(),
                flags,
                securityLevel.minimumBits(),
                maxDepth,
                commonName,
                profile,
                backtracking);
    }

    /** Whether other paths are tried: by {@link #backtracking}, or because the profile includes it. */
    public boolean triesOtherPaths() {
        return request(Purpose.ANY, Optional.empty()).backtracking();
    }
}
