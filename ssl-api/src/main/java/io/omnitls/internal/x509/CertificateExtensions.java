package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The extensions of a certificate: those that decide about a chain are decoded, once, and what OpenSSL's {@code
 * ossl_x509v3_cache_extensions} calls invalid is told. Immutable.
 */
public final class CertificateExtensions {
    /** The bits of {@link #keyUsage}, as OpenSSL has them. */
    public static final int DIGITAL_SIGNATURE = 0x80;

    public static final int KEY_ENCIPHERMENT = 0x20;
    public static final int KEY_AGREEMENT = 0x08;
    public static final int KEY_CERT_SIGN = 0x04;
    public static final int CRL_SIGN = 0x02;

    private final List<Extension> all;
    private final Optional<String> invalid;
    private final Optional<BasicConstraints> basicConstraints;
    private final Optional<ProxyCertInfo> proxyCertInfo;
    private final Optional<Integer> keyUsage;
    private final Optional<List<String>> extendedKeyUsage;
    private final Optional<Integer> netscapeCertType;
    private final Optional<Bytes> subjectKeyIdentifier;
    private final Optional<AuthorityKeyIdentifier> authorityKeyIdentifier;
    private final Optional<List<GeneralNameView>> subjectAltName;
    private final Optional<NameConstraintsView> nameConstraints;
    private final Optional<List<DistributionPoint>> crlDistributionPoints;
    private final Optional<IpAddressBlocks> ipAddressBlocks;
    private final Optional<AsIdentifiers> asIdentifiers;

    /** @param issuer whom the names of distribution points may be relative to */
    CertificateExtensions(List<Extension> all, Name issuer) {
        this.all = all;
        Decoding decoding = new Decoding(all);
        this.basicConstraints = decoding.get(Extension.BASIC_CONSTRAINTS, BasicConstraints::read);
        this.proxyCertInfo = decoding.get(Extension.PROXY_CERT_INFO, ProxyCertInfo::read);
        this.keyUsage = decoding.get(Extension.KEY_USAGE, CertificateExtensions::flags);
        this.extendedKeyUsage = decoding.get(Extension.EXTENDED_KEY_USAGE, CertificateExtensions::oids);
        this.netscapeCertType = decoding.get(Extension.NETSCAPE_CERT_TYPE, CertificateExtensions::flags);
        this.subjectKeyIdentifier = decoding.get(
                Extension.SUBJECT_KEY_IDENTIFIER, value -> Bytes.copyOf(value.content(DerReader.OCTET_STRING)));
        this.authorityKeyIdentifier = decoding.get(Extension.AUTHORITY_KEY_IDENTIFIER, AuthorityKeyIdentifier::read);
        this.subjectAltName = decoding.get(
                Extension.SUBJECT_ALT_NAME, value -> GeneralNameView.readAll(value.enter(DerReader.SEQUENCE)));
        this.nameConstraints = decoding.get(Extension.NAME_CONSTRAINTS, NameConstraintsView::read);
        this.crlDistributionPoints =
                decoding.get(Extension.CRL_DISTRIBUTION_POINTS, value -> DistributionPoint.readAll(value, issuer));
        this.ipAddressBlocks = decoding.get(Extension.IP_ADDRESS_BLOCKS, IpAddressBlocks::read);
        this.asIdentifiers = decoding.get(Extension.AS_IDENTIFIERS, AsIdentifiers::read);
        this.invalid = decoding.complaint.isPresent() ? decoding.complaint : contradiction();
    }

    /** What the fields say that cannot be, though each can be read. */
    private Optional<String> contradiction() {
        if (basicConstraints
                .flatMap(BasicConstraints::pathLength)
                .filter(length -> length.signum() < 0)
                .isPresent()) {
            return Optional.of("basicConstraints has a negative path length");
        }
        // RFC 5280 4.2.1.3: at least one of the bits must be set.
        if (keyUsage.filter(bits -> bits == 0).isPresent()) {
            return Optional.of("keyUsage allows nothing at all");
        }
        // RFC 3820 3.8 and 3.2: a proxy is no authority and has no name but its subject.
        boolean named = has(Extension.SUBJECT_ALT_NAME) || has(Extension.ISSUER_ALT_NAME);
        return isProxy() && (isAuthority() || named)
                ? Optional.of("a proxy certificate is an authority's or has another name")
                : Optional.empty();
    }

    private static int flags(DerReader value) throws DerException {
        return BitString.flags(value.content(DerReader.BIT_STRING));
    }

    /** {@code ExtKeyUsageSyntax ::= SEQUENCE OF KeyPurposeId}. */
    private static List<String> oids(DerReader value) throws DerException {
        DerReader list = value.enter(DerReader.SEQUENCE);
        List<String> oids = new ArrayList<>();
        while (!list.atEnd()) {
            oids.add(list.oid());
        }
        return List.copyOf(oids);
    }

    /** Decodes one after the other and keeps the first complaint. */
    private static final class Decoding {
        private final List<Extension> extensions;
        private Optional<String> complaint = Optional.empty();

        Decoding(List<Extension> extensions) {
            this.extensions = extensions;
        }

        <T> Optional<T> get(String oid, Extension.Decoder<T> decoder) {
            try {
                return Extension.decode(extensions, oid, decoder);
            } catch (DerException malformed) {
                if (complaint.isEmpty()) {
                    complaint = Optional.of("the extension " + oid + " is malformed: " + malformed.getMessage());
                }
                return Optional.empty();
            }
        }
    }

    /** All extensions, in their order. */
    public List<Extension> all() {
        return all;
    }

    /**
     * Why the certificate is none that anybody may rely on: OpenSSL's {@code EXFLAG_INVALID}. Empty for any that is well
     * formed.
     */
    public Optional<String> invalid() {
        return invalid;
    }

    public boolean has(String oid) {
        for (Extension extension : all) {
            if (extension.oid().equals(oid)) {
                return true;
            }
        }
        return false;
    }

    public boolean critical(String oid) {
        for (Extension extension : all) {
            if (extension.critical() && extension.oid().equals(oid)) {
                return true;
            }
        }
        return false;
    }

    /** What {@code basicConstraints} says: OpenSSL's {@code EXFLAG_CA}. */
    public boolean isAuthority() {
        return basicConstraints.filter(BasicConstraints::authority).isPresent();
    }

    public boolean isProxy() {
        return proxyCertInfo.isPresent();
    }

    public Optional<BasicConstraints> basicConstraints() {
        return basicConstraints;
    }

    public Optional<ProxyCertInfo> proxyCertInfo() {
        return proxyCertInfo;
    }

    /** Bits such as {@link #KEY_CERT_SIGN}. */
    public Optional<Integer> keyUsage() {
        return keyUsage;
    }

    /** Whether the key may be used for one of {@code bits}: so it is where there is no keyUsage. */
    public boolean allows(int bits) {
        return keyUsage.isEmpty() || (keyUsage.get() & bits) != 0;
    }

    /** The purposes, by object identifier. */
    public Optional<List<String>> extendedKeyUsage() {
        return extendedKeyUsage;
    }

    /** The bits of Netscape's certificate type, the ancestor of extended key usage. */
    public Optional<Integer> netscapeCertType() {
        return netscapeCertType;
    }

    public Optional<Bytes> subjectKeyIdentifier() {
        return subjectKeyIdentifier;
    }

    public Optional<AuthorityKeyIdentifier> authorityKeyIdentifier() {
        return authorityKeyIdentifier;
    }

    public Optional<List<GeneralNameView>> subjectAltName() {
        return subjectAltName;
    }

    public Optional<NameConstraintsView> nameConstraints() {
        return nameConstraints;
    }

    public Optional<List<DistributionPoint>> crlDistributionPoints() {
        return crlDistributionPoints;
    }

    public Optional<IpAddressBlocks> ipAddressBlocks() {
        return ipAddressBlocks;
    }

    public Optional<AsIdentifiers> asIdentifiers() {
        return asIdentifiers;
    }
}
