package io.omnitls.internal.verify;

import io.omnitls.cert.OcspStapling;
import java.time.Duration;

/**
 * What becomes of an OCSP response that a server staples to its certificate.
 *
 * @param maxAge how long after its thisUpdate it still counts, whatever its nextUpdate says
 */
public record StaplePolicy(OcspStapling mode, Duration maxAge) {
    /** The longest that CA/Browser Forum Baseline Requirements 4.9.10 let an authority's answer be valid. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(10);

    /** No response counts. */
    public static final StaplePolicy IGNORE = new StaplePolicy(OcspStapling.IGNORE, DEFAULT_MAX_AGE);
}
