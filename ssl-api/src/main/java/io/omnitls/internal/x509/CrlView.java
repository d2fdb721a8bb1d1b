package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A certificate revocation list as its bytes have it (RFC 5280 section 5), read by nobody's class but this. Immutable. */
public final class CrlView {
    /** What {@code crl_cb} of OpenSSL takes care of when it is critical. */
    private static final Set<String> UNDERSTOOD = Set.of(
            Extension.ISSUING_DISTRIBUTION_POINT, Extension.DELTA_CRL_INDICATOR, Extension.AUTHORITY_KEY_IDENTIFIER);

    private static final ViewCache<CrlView> KNOWN = new ViewCache<>(CrlView::parse, CrlView::encoded);

    private final Bytes encoded;
    private final Signed signed;
    private final Name issuer;
    private final Time thisUpdate;
    private final Optional<Time> nextUpdate;
    private final Map<BigInteger, RevokedCertificate> revoked = new HashMap<>();
    private final List<Extension> extensions;
    private final Optional<String> malformed;
    private final Optional<IssuingDistributionPoint> issuingDistributionPoint;
    private final Optional<AuthorityKeyIdentifier> authorityKeyIdentifier;
    private final boolean criticalUnknown;
    private boolean repetitive;

    /**
     * <pre>
     * TBSCertList ::= SEQUENCE {
     *     version             INTEGER OPTIONAL,
     *     signature           AlgorithmIdentifier,
     *     issuer              Name,
     *     thisUpdate          Time,
     *     nextUpdate          Time OPTIONAL,
     *     revokedCertificates SEQUENCE OF SEQUENCE { userCertificate INTEGER, revocationDate Time,
     *                                                crlEntryExtensions Extensions OPTIONAL } OPTIONAL,
     *     crlExtensions       [0] EXPLICIT Extensions OPTIONAL }
     * </pre>
     */
    private CrlView(Bytes encoded, Signed signed) throws DerException {
        this.encoded = encoded;
        this.signed = signed;
        DerReader tbs = DerReader.of(signed.content()).enter(DerReader.SEQUENCE);
        if (tbs.peek() == DerReader.INTEGER) {
            tbs.integer();
        }
        AlgorithmIdentifier.read(tbs); // OpenSSL goes by the one beside the signature alone
        this.issuer = Name.read(tbs);
        this.thisUpdate = Time.read(tbs);
        this.nextUpdate = Time.next(tbs) ? Optional.of(Time.read(tbs)) : Optional.empty();
        boolean critical = tbs.peek() == DerReader.SEQUENCE && readEntries(tbs.enter(DerReader.SEQUENCE));
        Optional<DerReader> wrapped = tbs.enterIf(DerReader.context(0));
        this.extensions = wrapped.isPresent() ? Extension.readAll(wrapped.get().enter(DerReader.SEQUENCE)) : List.of();
        tbs.requireEnd();
        this.criticalUnknown = critical || extensions.stream().anyMatch(CrlView::strange);
        Optional<String> complaint = Optional.empty();
        Optional<IssuingDistributionPoint> point = Optional.empty();
        try {
            point = Extension.decode(
                    extensions,
                    Extension.ISSUING_DISTRIBUTION_POINT,
                    value -> IssuingDistributionPoint.read(value, issuer));
        } catch (DerException broken) {
            complaint = Optional.of("its issuingDistributionPoint is malformed: " + broken.getMessage());
        }
        this.issuingDistributionPoint = point;
        this.malformed = complaint;
        this.authorityKeyIdentifier = keyIdentifier();
    }

    /** One that cannot be read counts as none: the signature tells whose the list is. */
    private Optional<AuthorityKeyIdentifier> keyIdentifier() {
        try {
            return Extension.decode(extensions, Extension.AUTHORITY_KEY_IDENTIFIER, AuthorityKeyIdentifier::read);
        } catch (DerException malformed) {
            return Optional.empty();
        }
    }

    private static boolean strange(Extension extension) {
        return extension.critical() && !UNDERSTOOD.contains(extension.oid());
    }

    /**
     * Whether an entry has a critical extension, of which only certificateIssuer is gone by: {@code crl_set_issuers}, which
     * gives up at the first entry that it cannot read. Those behind it are revoked, whatever their extensions say.
     */
    private boolean readEntries(DerReader list) throws DerException {
        boolean critical = false;
        boolean spoiled = false;
        Optional<List<GeneralNameView>> issuers = Optional.empty();
        while (!list.atEnd()) {
            RevokedCertificate entry = RevokedCertificate.read(list.enter(DerReader.SEQUENCE), issuers);
            if (spoiled) {
                entry = entry.unexplained();
            }
            issuers = entry.issuers();
            spoiled |= entry.malformed();
            critical |= !spoiled && entry.criticalUnknown();
            if (entry.isFor(issuer)) {
                repetitive |= revoked.putIfAbsent(entry.serial(), entry) != null;
            }
        }
        return critical;
    }

    /**
     * Reads a CRL.
     *
     * @throws DerException when {@code der} is not one CRL and nothing else
     */
    public static CrlView parse(byte[] der) throws DerException {
        return new CrlView(Bytes.copyOf(der), Signed.read(der));
    }

    /** The same, remembered for as long as anybody holds the view. */
    public static CrlView of(Bytes der) throws DerException {
        return KNOWN.get(der);
    }

    /** The CRL in DER. */
    public Bytes encoded() {
        return encoded;
    }

    public Signed signed() {
        return signed;
    }

    public Name issuer() {
        return issuer;
    }

    public Time thisUpdate() {
        return thisUpdate;
    }

    public Optional<Time> nextUpdate() {
        return nextUpdate;
    }

    /** The entry for the issuer's certificate with this number. */
    public Optional<RevokedCertificate> revoked(BigInteger serial) {
        return Optional.ofNullable(revoked.get(serial));
    }

    /** Whether one certificate has several entries: the first of them counts. */
    public boolean repetitive() {
        return repetitive;
    }

    public List<Extension> extensions() {
        return extensions;
    }

    public boolean has(String oid) {
        return extensions.stream().anyMatch(extension -> extension.oid().equals(oid));
    }

    /** Why nobody should go by it, although it can be read. */
    public Optional<String> malformed() {
        return malformed;
    }

    public Optional<IssuingDistributionPoint> issuingDistributionPoint() {
        return issuingDistributionPoint;
    }

    public Optional<AuthorityKeyIdentifier> authorityKeyIdentifier() {
        return authorityKeyIdentifier;
    }

    /** Whether the list, or one of its entries, has a critical extension that nobody here understands. */
    public boolean hasUnknownCriticalExtension() {
        return criticalUnknown;
    }
}
