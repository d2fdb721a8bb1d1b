package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The names that each issuer is limited to (RFC 5280 section 4.2.1.10): OpenSSL's {@code check_name_constraints}. */
record NameConstraintsCheck() implements ChainCheck {

    @Override
    public Optional<Finding> check(List<X509Certificate> path) {
        for (int depth = path.size() - 2; depth >= 0; depth--) {
            X509Certificate certificate = path.get(depth);
            // RFC 5280 6.1.4 (b): not applied to self-issued certificates, unless it is the last one.
            if (depth > 0 && Issuance.selfIssued(certificate)) {
                continue;
            }
            for (int above = path.size() - 1; above > depth; above--) {
                VerifyCode code = verdict(path.get(above), certificate);
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

    /**
     * <pre>
     * NameConstraints ::= SEQUENCE {
     *     permittedSubtrees [0] GeneralSubtrees OPTIONAL,
     *     excludedSubtrees  [1] GeneralSubtrees OPTIONAL }
     * </pre>
     */
    private static VerifyCode verdict(X509Certificate issuer, X509Certificate subject) {
        try {
            Optional<DerReader> extension = Extension.value(issuer, Extension.NAME_CONSTRAINTS);
            if (extension.isEmpty()) {
                return VerifyCode.OK;
            }
            DerReader subtrees = extension.get().enter(DerReader.SEQUENCE);
            while (!subtrees.atEnd()) {
                boolean permitted = subtrees.peek() == DerReader.context(0);
                if (!within(subtrees.element(), subject)) {
                    return permitted ? VerifyCode.PERMITTED_VIOLATION : VerifyCode.EXCLUDED_VIOLATION;
                }
            }
            return VerifyCode.OK;
        } catch (DerException broken) {
            return VerifyCode.UNSUPPORTED_CONSTRAINT_SYNTAX;
        } catch (IOException unsupported) {
            return VerifyCode.UNSUPPORTED_CONSTRAINT_TYPE;
        }
    }

    /** Asks the JDK about one of the two lists by itself, because it does not say which one was violated. */
    private static boolean within(byte[] subtrees, X509Certificate subject) throws IOException {
        ByteArrayOutputStream constraints = new ByteArrayOutputStream();
        constraints.write(DerReader.SEQUENCE);
        if (subtrees.length < 0x80) {
            constraints.write(subtrees.length);
        } else {
            constraints.write(0x84);
            for (int shift = 24; shift >= 0; shift -= 8) {
                constraints.write(subtrees.length >>> shift);
            }
        }
        constraints.write(subtrees, 0, subtrees.length);
        X509CertSelector selector = new X509CertSelector();
        selector.setNameConstraints(constraints.toByteArray());
        return selector.match(subject);
    }
}
