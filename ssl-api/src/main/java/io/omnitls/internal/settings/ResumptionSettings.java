package io.omnitls.internal.settings;

import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import java.time.Duration;
import java.util.List;

/**
 * What a client resumes by itself.
 *
 * @param most how many sessions it keeps, 0 for none
 * @param maxAge how long one is good after its keys were agreed on
 */
public record ResumptionSettings(int most, Duration maxAge) {
    /** RFC 5246 appendix F.1.4 suggests an upper limit of 24 hours. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(24);

    /** RFC 8446 section 4.6.1: no ticket is kept for longer than seven days. */
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Nothing is resumed that is not asked for. */
    public static final ResumptionSettings NONE = new ResumptionSettings(0, DEFAULT_MAX_AGE);

    public ResumptionSettings {
        if (most < 0) {
            throw new IllegalArgumentException("a number of sessions cannot be " + most);
        }
        if (maxAge.isZero() || maxAge.isNegative() || maxAge.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a session is kept for some time up to seven days, not " + maxAge);
        }
    }

    /** Whether sessions are kept. */
    public boolean on() {
        return most > 0;
    }

    /** Refuses what contradicts {@code backend}, whichever provider that turns out to be. */
    public void requireSound(BackendSettings backend) {
        if (on() && backend.requireFips()) {
            throw new IllegalArgumentException(
                    "resumeSessions and requireFips exclude each other: whether the keys of a"
                            + " resumed session were agreed on in approved mode, no backend tells; leave one of them out");
        }
    }

    /** Refuses to keep sessions of which none could be resumed: a setting without effect helps nobody. */
    public void require(Requirements requirements, List<TlsVersion> versions) {
        if (on()) {
            requirements.require(
                    "resuming sessions of any version that is enabled, which are " + versions,
                    capabilities -> versions.stream()
                            .anyMatch(version -> capabilities.has(Feature.sessionResumption(version))));
        }
    }
}
