package io.omnitls.internal.verify;

import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.CrlView;
import io.omnitls.internal.x509.DistributionPoint;
import io.omnitls.internal.x509.Extension;
import io.omnitls.internal.x509.IssuingDistributionPoint;
import io.omnitls.internal.x509.Time;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A CRL and the certificates that it is about (RFC 5280 sections 5.2.5 and 6.3.3). */
record RevocationList(CrlView crl) {

    /** Which kind of list it is that this library does not go by; empty when it does. */
    Optional<String> unsupported() {
        if (crl.malformed().isPresent()) {
            return crl.malformed();
        }
        if (crl.issuingDistributionPoint()
                .filter(IssuingDistributionPoint::indirect)
                .isPresent()) {
            return Optional.of("it is an indirect CRL");
        }
        if (crl.issuingDistributionPoint()
                .filter(IssuingDistributionPoint::someReasons)
                .isPresent()) {
            return Optional.of("it is limited to some reasons");
        }
        return crl.has(Extension.DELTA_CRL_INDICATOR) ? Optional.of("it is a delta CRL") : Optional.empty();
    }

    /** When it was issued; what cannot be read is older than anything. */
    Instant issuedAt() {
        return crl.thisUpdate().instant().orElse(Instant.MIN);
    }

    /** Whether its times can be read and {@code time} lies between them. */
    boolean current(Instant time) {
        return crl.thisUpdate().instant().isPresent() && begun(time) && !malformedEnd() && !expired(time);
    }

    boolean begun(Instant time) {
        return issuedAt().compareTo(time) <= 0 || issuedAt().getEpochSecond() == time.getEpochSecond();
    }

    boolean malformedEnd() {
        return crl.nextUpdate().filter(next -> next.instant().isEmpty()).isPresent();
    }

    boolean expired(Instant time) {
        return crl.nextUpdate()
                .flatMap(Time::instant)
                .filter(next -> next.getEpochSecond() < time.getEpochSecond())
                .isPresent();
    }

    /** The reasons for which {@code certificate} would stand in this list; 0 when the list is not about it. */
    int reasonsFor(CertificateView certificate) {
        Optional<IssuingDistributionPoint> scope = crl.issuingDistributionPoint();
        if (scope.isPresent()) {
            boolean wrongKind = certificate.extensions().isAuthority()
                    ? scope.get().onlyUsers()
                    : scope.get().onlyAuthorities();
            if (wrongKind || scope.get().onlyAttributes()) {
                return 0;
            }
        }
        List<DistributionPoint> points =
                certificate.extensions().crlDistributionPoints().orElse(List.of());
        for (DistributionPoint point : points) {
            if (!point.otherIssuer() && published(point) && point.reasons() != 0) {
                return point.reasons();
            }
        }
        boolean anywhere = scope.flatMap(IssuingDistributionPoint::name).isEmpty();
        return anywhere ? DistributionPoint.ALL_REASONS : 0;
    }

    /** Whether the list is the one that is published at {@code point}. */
    private boolean published(DistributionPoint point) {
        return crl.issuingDistributionPoint()
                .flatMap(IssuingDistributionPoint::name)
                .filter(name -> point.name().filter(other -> !name.meets(other)).isPresent())
                .isEmpty();
    }
}
