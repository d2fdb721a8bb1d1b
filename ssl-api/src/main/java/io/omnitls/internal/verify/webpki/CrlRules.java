package io.omnitls.internal.verify.webpki;

import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.CrlView;
import io.omnitls.internal.x509.DistributionPoint;
import io.omnitls.internal.x509.DistributionPointName;
import io.omnitls.internal.x509.Extension;
import io.omnitls.internal.x509.GeneralNameView;
import io.omnitls.internal.x509.IssuingDistributionPoint;
import java.util.List;
import java.util.Optional;

/** Which revocation lists count. */
public final class CrlRules {
    private CrlRules() {}

    /** 5.83, 5.84: why {@code crl} does not count for {@code certificate}; empty when it does. */
    public static Optional<String> complaint(CrlView crl, CertificateView certificate) {
        if (!crl.has(Extension.CRL_NUMBER)) {
            return Optional.of("it has no cRLNumber");
        }
        if (crl.repetitive()) {
            return Optional.of("it has several entries for one certificate");
        }
        Optional<DistributionPointName> published =
                crl.issuingDistributionPoint().flatMap(IssuingDistributionPoint::name);
        if (published.isEmpty()) {
            return Optional.empty();
        }
        List<DistributionPoint> points =
                certificate.extensions().crlDistributionPoints().orElse(List.of());
        boolean byUris = urisAlone(published.get())
                && points.stream().flatMap(point -> point.name().stream()).allMatch(CrlRules::urisAlone);
        return byUris ? Optional.empty() : Optional.of("its distribution point is not named by URIs alone");
    }

    private static boolean urisAlone(DistributionPointName name) {
        return name.relative().isEmpty()
                && name.fullName().stream().allMatch(each -> each.kind() == GeneralNameView.URI);
    }
}
