package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** The names that each issuer is limited to, and those of proxies: OpenSSL's {@code check_name_constraints}. */
record NameConstraintsCheck() implements ChainCheck {
    private static final String COMMON_NAME = "2.5.4.3";

    @Override
    public Optional<Finding> check(List<X509Certificate> path) {
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            X509Certificate certificate = path.get(depth);
            // RFC 5280 6.1.4 (b): not applied to self-issued certificates, unless it is the last one.
            if (depth > 0 && Issuance.selfIssued(certificate)) {
                continue;
            }
            if (Extension.present(certificate, Extension.PROXY_CERT_INFO) && !namedAfterItsIssuer(certificate)) {
                return Finding.of(
                        VerifyCode.PROXY_SUBJECT_NAME_VIOLATION,
                        depth,
                        certificate.getSubjectX500Principal() + " is not the name of its issuer and one CN more");
            }
            for (int above = path.size() - 1; above > depth; above--) {
                VerifyCode code = verdict(path.get(above), certificate, depth == 0);
                if (code != VerifyCode.OK) {
                    return Finding.of(
                            code,
                            depth,
                            path.get(above).getSubjectX500Principal() + " may not issue for the names of "
                                    + certificate.getSubjectX500Principal());
                }
            }
        }
        return Optional.empty();
    }

    private static VerifyCode verdict(X509Certificate issuer, X509Certificate subject, boolean leaf) {
        try {
            Optional<NameConstraints> constraints = NameConstraints.of(issuer);
            return constraints.isPresent() ? constraints.get().verdict(subject, leaf) : VerifyCode.OK;
        } catch (DerException broken) {
            return VerifyCode.UNSUPPORTED_CONSTRAINT_SYNTAX;
        }
    }

    /** RFC 3820 section 3.4: a proxy's subject is its issuer's and one commonName at the end. */
    private static boolean namedAfterItsIssuer(X509Certificate proxy) {
        try {
            List<byte[]> subject = rdns(proxy.getSubjectX500Principal());
            List<byte[]> issuer = rdns(proxy.getIssuerX500Principal());
            if (issuer.isEmpty() || subject.size() != issuer.size() + 1) {
                return false;
            }
            for (int i = 0; i < issuer.size(); i++) {
                if (!Arrays.equals(issuer.get(i), subject.get(i))) {
                    return false;
                }
            }
            DerReader last = DerReader.of(subject.get(issuer.size())).enter(DerReader.SET);
            boolean commonName = last.enter(DerReader.SEQUENCE).oid().equals(COMMON_NAME);
            return commonName && last.atEnd();
        } catch (DerException malformed) {
            return false;
        }
    }

    private static List<byte[]> rdns(X500Principal name) throws DerException {
        List<byte[]> rdns = new ArrayList<>();
        DerReader sequence = DerReader.of(name.getEncoded()).enter(DerReader.SEQUENCE);
        while (!sequence.atEnd()) {
            rdns.add(sequence.element());
        }
        return rdns;
    }
}
