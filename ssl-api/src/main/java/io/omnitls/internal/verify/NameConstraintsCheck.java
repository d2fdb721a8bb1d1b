package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.Attribute;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.Name;
import io.omnitls.internal.x509.NameConstraintsView;
import java.util.List;
import java.util.Optional;

/** The names that each issuer is limited to, and those of proxies: OpenSSL's {@code check_name_constraints}. */
record NameConstraintsCheck() implements ChainCheck {

    @Override
    public Optional<Finding> check(CertificatePath path) {
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            CertificateView certificate = path.get(depth);
            // RFC 5280 6.1.4 (b): not applied to self-issued certificates, unless it is the last one.
            if (depth > 0 && certificate.selfIssued()) {
                continue;
            }
            if (certificate.extensions().isProxy() && !namedAfterItsIssuer(certificate)) {
                return Finding.of(
                        VerifyCode.PROXY_SUBJECT_NAME_VIOLATION,
                        depth,
                        certificate + " is not the name of its issuer and one CN more");
            }
            for (int above = path.size() - 1; above > depth; above--) {
                Optional<NameConstraintsView> constraints =
                        path.get(above).extensions().nameConstraints();
                VerifyCode code = constraints.isPresent()
                        ? new NameConstraints(constraints.get()).verdict(certificate, depth == 0)
                        : VerifyCode.OK;
                if (code != VerifyCode.OK) {
                    return Finding.of(code, depth, path.get(above) + " may not issue for the names of " + certificate);
                }
            }
        }
        return Optional.empty();
    }

    /** RFC 3820 section 3.4: a proxy's subject is its issuer's and one commonName at the end. */
    private static boolean namedAfterItsIssuer(CertificateView proxy) {
        Name issuer = proxy.issuer();
        List<List<Attribute>> rdns = proxy.subject().rdns();
        if (issuer.isEmpty()
                || rdns.size() != issuer.rdns().size() + 1
                || !proxy.subject().within(issuer)) {
            return false;
        }
        List<Attribute> last = rdns.get(rdns.size() - 1);
        return last.size() == 1 && last.get(0).type().equals(Attribute.COMMON_NAME);
    }
}
