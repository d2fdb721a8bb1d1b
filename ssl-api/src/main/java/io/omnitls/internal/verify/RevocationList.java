package io.omnitls.internal.verify;

import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.protocol.Bytes;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A CRL and the certificates that it is about (RFC 5280 sections 5.2.5 and 6.3.3): what OpenSSL's {@code crl_set_issuers}
 * and {@code setup_idp} read.
 */
final class RevocationList {
    /** {@code CRLDP_ALL_REASONS}. */
    static final int ALL_REASONS = 0x807f;

    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    private static final String DELTA_INDICATOR = "2.5.29.27";
    private static final String DISTRIBUTION_POINTS = "2.5.29.31";
    private static final Set<String> UNDERSTOOD =
            Set.of(ISSUING_DISTRIBUTION_POINT, DELTA_INDICATOR, Extension.AUTHORITY_KEY_IDENTIFIER);

    private final X509CRL crl;
    private boolean onlyUsers;
    private boolean onlyAuthorities;
    private boolean onlyAttributes;
    private boolean indirect;
    private boolean someReasons;
    private boolean broken;
    private boolean pointed; // by issuingDistributionPoint
    private final Set<Bytes> point = new HashSet<>();

    RevocationList(X509CRL crl) {
        this.crl = crl;
        try {
            Optional<DerReader> extension = Extension.value(crl, ISSUING_DISTRIBUTION_POINT);
            if (extension.isPresent()) {
                readIssuingDistributionPoint(extension.get().enter(DerReader.SEQUENCE));
            }
        } catch (DerException malformed) {
            broken = true;
        }
        int only = (onlyUsers ? 1 : 0) + (onlyAuthorities ? 1 : 0) + (onlyAttributes ? 1 : 0);
        broken |= only > 1;
    }

    X509CRL crl() {
        return crl;
    }

    /** Which kind of list it is that this library does not go by; empty when it does. */
    Optional<String> unsupported() {
        if (broken) {
            return Optional.of("its issuingDistributionPoint is malformed");
        }
        if (indirect) {
            return Optional.of("it is an indirect CRL");
        }
        if (someReasons) {
            return Optional.of("it is limited to some reasons");
        }
        return Extension.present(crl, DELTA_INDICATOR) ? Optional.of("it is a delta CRL") : Optional.empty();
    }

    boolean hasUnknownCriticalExtension() {
        Set<String> critical = crl.getCriticalExtensionOIDs();
        return critical != null && !UNDERSTOOD.containsAll(critical);
    }

    Instant issuedAt() {
        return crl.getThisUpdate().toInstant();
    }

    boolean begun(Instant time) {
        return issuedAt().getEpochSecond() <= time.getEpochSecond();
    }

    boolean expired(Instant time) {
        return crl.getNextUpdate() != null && crl.getNextUpdate().toInstant().getEpochSecond() < time.getEpochSecond();
    }

    /** The reasons for which {@code certificate} would stand in this list; 0 when the list is not about it. */
    int reasonsFor(X509Certificate certificate) {
        boolean authority = certificate.getBasicConstraints() >= 0;
        if (onlyAttributes || (authority ? onlyUsers : onlyAuthorities)) {
            return 0;
        }
        try {
            Optional<DerReader> extension = Extension.value(certificate, DISTRIBUTION_POINTS);
            if (extension.isPresent()) {
                DerReader points = extension.get().enter(DerReader.SEQUENCE);
                while (!points.atEnd()) {
                    int reasons = reasonsOf(points.enter(DerReader.SEQUENCE));
                    if (reasons != 0) {
                        return reasons;
                    }
                }
            }
        } catch (DerException malformed) {
            return 0;
        }
        return pointed ? 0 : ALL_REASONS;
    }

    /**
     * <pre>
     * IssuingDistributionPoint ::= SEQUENCE {
     *     distributionPoint          [0] DistributionPointName OPTIONAL,
     *     onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
     *     onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
     *     onlySomeReasons            [3] ReasonFlags OPTIONAL,
     *     indirectCRL                [4] BOOLEAN DEFAULT FALSE,
     *     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
     * </pre>
     */
    private void readIssuingDistributionPoint(DerReader fields) throws DerException {
        Optional<DerReader> name = fields.enterIf(DerReader.context(0));
        if (name.isPresent()) {
            pointed = true;
            point.addAll(fullName(name.get()));
        }
        onlyUsers = flag(fields, 1);
        onlyAuthorities = flag(fields, 2);
        someReasons = fields.enterIf(DerReader.contextPrimitive(3)).isPresent();
        indirect = flag(fields, 4);
        onlyAttributes = flag(fields, 5);
        fields.requireEnd();
    }

    private static boolean flag(DerReader fields, int number) throws DerException {
        Optional<DerReader> flag = fields.enterIf(DerReader.contextPrimitive(number));
        return flag.isPresent() && flag.get().rest()[0] != 0;
    }

    /**
     * <pre>
     * DistributionPoint ::= SEQUENCE {
     *     distributionPoint [0] DistributionPointName OPTIONAL,
     *     reasons           [1] ReasonFlags OPTIONAL,
     *     cRLIssuer         [2] GeneralNames OPTIONAL }
     * </pre>
     */
    private int reasonsOf(DerReader fields) throws DerException {
        Optional<DerReader> name = fields.enterIf(DerReader.context(0));
        Optional<DerReader> reasons = fields.enterIf(DerReader.contextPrimitive(1));
        if (fields.peek() == DerReader.context(2)) {
            return 0; // another issuer's list, which is an indirect one
        }
        if (pointed && name.isPresent()) {
            Set<Bytes> shared = fullName(name.get());
            shared.retainAll(point);
            if (shared.isEmpty()) {
                return 0;
            }
        }
        if (reasons.isEmpty()) {
            return ALL_REASONS;
        }
        byte[] bits = reasons.get().rest(); // the count of unused bits, then the bits
        int mask = bits.length > 1 ? bits[1] & 0xff : 0;
        mask |= bits.length > 2 ? (bits[2] & 0xff) << 8 : 0;
        return mask & ALL_REASONS;
    }

    /** {@code DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] ... }}. */
    private static Set<Bytes> fullName(DerReader choice) throws DerException {
        Set<Bytes> names = new HashSet<>();
        Optional<DerReader> full = choice.enterIf(DerReader.context(0));
        while (full.isPresent() && !full.get().atEnd()) {
            names.add(Bytes.copyOf(full.get().element()));
        }
        return names;
    }
}
