package io.omnitls.internal.settings;

import io.omnitls.cert.OcspStapling;
import io.omnitls.internal.verify.StaplePolicy;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks of a server's certificate beyond a good chain.
 *
 * @param checkHostname whether it has to be for the server's name
 * @param commonName whether a common name may stand in for a dNSName
 * @param ocsp what becomes of a stapled OCSP response
 * @param ocspMaxAge how old one may be; empty for the default
 */
public record ServerVerification(
        boolean checkHostname, boolean commonName, OcspStapling ocsp, Optional<Duration> ocspMaxAge) {
    /** Nothing, as of clients. */
    public static final ServerVerification NONE =
            new ServerVerification(false, false, OcspStapling.IGNORE, Optional.empty());

    /** The server's name, by subjectAltName alone. */
    public static final ServerVerification DEFAULT =
            new ServerVerification(true, false, OcspStapling.IGNORE, Optional.empty());

    /** The same, and whether the certificate has to be for the server's name. */
    public ServerVerification withCheckHostname(boolean check) {
        return new ServerVerification(check, commonName, ocsp, ocspMaxAge);
    }

    /** The same, and whether a common name may stand in for a dNSName. */
    public ServerVerification withCommonName(boolean counts) {
        return new ServerVerification(checkHostname, counts, ocsp, ocspMaxAge);
    }

    /** The same with this use of stapled OCSP responses. */
    public ServerVerification with(OcspStapling mode) {
        return new ServerVerification(checkHostname, commonName, mode, ocspMaxAge);
    }

    /**
     * The same with a limit for their age.
     *
     * @throws IllegalArgumentException when it is not some time
     */
    public ServerVerification withMaxAge(Duration age) {
        if (age.isZero() || age.isNegative()) {
            throw new IllegalArgumentException("an OCSP response may be some time old, not " + age);
        }
        return new ServerVerification(checkHostname, commonName, ocsp, Optional.of(age));
    }

    /** What becomes of a stapled OCSP response. */
    public StaplePolicy stapling() {
        return new StaplePolicy(ocsp, ocspMaxAge.orElse(StaplePolicy.DEFAULT_MAX_AGE));
    }

    /** Refuses settings that contradict each other. */
    public void requireSound(VerifyMode mode) {
        if (checkHostname && mode == VerifyMode.NONE) {
            throw new IllegalArgumentException("a hostname can only be checked in a verified certificate;"
                    + " with VerifyMode.NONE call checkHostname(false)");
        }
        if (ocspMaxAge.isPresent() && ocsp == OcspStapling.IGNORE) {
            throw new IllegalArgumentException("ocspMaxAge bounds the age of OCSP responses, but they are ignored;"
                    + " call ocspStapling(OcspStapling.REQUIRE)");
        }
    }

    /** Whether the backend shows what servers staple, in every version that may come. */
    public void requireStapling(Requirements requirements, List<TlsVersion> versions) {
        if (ocsp != OcspStapling.IGNORE) {
            requirements.require(versions, Feature.OCSP_STAPLING_TLS12, Feature.OCSP_STAPLING_TLS13);
        }
    }
}
