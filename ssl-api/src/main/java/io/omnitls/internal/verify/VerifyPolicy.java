package io.omnitls.internal.verify;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyProfile;
import java.time.Clock;
import java.util.Optional;

/**
 * The settings that every chain is held to, whoever presents it and whatever for: OpenSSL's {@code X509_VERIFY_PARAM}.
 *
 * @param clock says the moment at which every certificate has to be valid
 * @param stapling what becomes of an OCSP response that a server staples to its certificate
 */
public record VerifyPolicy(VerifyRules rules, Clock clock, StaplePolicy stapling) {
    public VerifyPolicy {
        if (rules.commonName() && rules.profile() == VerifyProfile.WEBPKI) {
            throw new IllegalArgumentException(
                    "hostnameChecksCommonName contradicts the profile WEBPKI, where a common name is no host's name");
        }
    }

    /** What a chain that is presented now has to satisfy; {@code name} is empty for anybody. */
    public VerifyRequest request(Purpose purpose, Optional<PeerName> name) {
        return new VerifyRequest(purpose, name, clock.instant(), rules);
    }
}
