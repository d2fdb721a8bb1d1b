package io.omnitls.cert;

import io.omnitls.internal.x509.AccessDescription;
import io.omnitls.internal.x509.Attribute;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.GeneralNameView;
import io.omnitls.internal.x509.Name;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@link CertificateInfo} shows; an extension that is broken leaves the others readable. */
record CertificateFields(
        int version,
        String serialNumber,
        DistinguishedName issuer,
        Validity validity,
        DistinguishedName subject,
        List<GeneralName> subjectAltNames,
        Locations locations) {

    /** RFC 5280 section 4.1.2.5; a moment that cannot be read is empty. */
    record Validity(Optional<Instant> notBefore, Optional<Instant> notAfter) {}

    /** Where more is to be had, as URIs: by authorityInfoAccess and cRLDistributionPoints. */
    record Locations(List<String> ocspResponders, List<String> caIssuers, List<String> crlDistributionPoints) {}

    static final CertificateFields NONE = new CertificateFields(
            0,
            "",
            DistinguishedName.EMPTY,
            new Validity(Optional.empty(), Optional.empty()),
            DistinguishedName.EMPTY,
            List.of(),
            new Locations(List.of(), List.of(), List.of()));

    /** What {@code certificate} says, in the words of OpenSSL's printing. */
    static CertificateFields of(CertificateView certificate) {
        CertificateExtensions extensions = certificate.extensions();
        List<AccessDescription> access = AccessDescription.readAll(extensions);
        return new CertificateFields(
                certificate.version(),
                serial(certificate.serial()),
                name(certificate.issuer()),
                new Validity(
                        certificate.notBefore().instant(),
                        certificate.notAfter().instant()),
                name(certificate.subject()),
                extensions.subjectAltName().orElse(List.of()).stream()
                        .map(CertificateFields::generalName)
                        .collect(Collectors.toList()),
                new Locations(
                        uris(access, AccessDescription.OCSP),
                        uris(access, AccessDescription.CA_ISSUERS),
                        distributionPoints(extensions)));
    }

    private static String serial(BigInteger number) {
        String digits = number.abs().toString(16).toUpperCase(Locale.ROOT);
        return (number.signum() < 0 ? "-" : "") + (digits.length() % 2 == 0 ? "" : "0") + digits;
    }

    static DistinguishedName name(Name name) {
        List<List<DistinguishedName.Attribute>> rdns = new ArrayList<>();
        for (List<Attribute> rdn : name.rdns()) {
            rdns.add(rdn.stream()
                    .map(attribute -> new DistinguishedName.Attribute(typeName(attribute.type()), attribute.text()))
                    .collect(Collectors.toList()));
        }
        return new DistinguishedName(rdns);
    }

    private static String typeName(String oid) {
        return ObjectIdentifiers.ofOid(oid).map(ObjectIdentifier::longName).orElse(oid);
    }

    private static GeneralName generalName(GeneralNameView name) {
        return switch (name.kind()) {
            case GeneralNameView.EMAIL -> new GeneralName("email", name.text());
            case GeneralNameView.DNS -> new GeneralName("DNS", name.text());
            case GeneralNameView.URI -> new GeneralName("URI", name.text());
            case GeneralNameView.IP ->
                new GeneralName("IP Address", GeneralName.ipText(name.content().toByteArray()));
            case GeneralNameView.REGISTERED_ID -> new GeneralName("Registered ID", name.objectIdentifier());
            case GeneralNameView.DIRECTORY ->
                GeneralName.directory(name(name.directory().orElseThrow()));
            default -> new GeneralName("othername", "<unsupported>");
        };
    }

    private static List<String> uris(List<AccessDescription> access, String method) {
        return access.stream()
                .filter(description -> description.method().equals(method)
                        && description.location().kind() == GeneralNameView.URI)
                .map(description -> description.location().text())
                .collect(Collectors.toList());
    }

    private static List<String> distributionPoints(CertificateExtensions extensions) {
        return extensions.crlDistributionPoints().orElse(List.of()).stream()
                .flatMap(point -> point.name().stream())
                .flatMap(name -> name.fullName().stream())
                .filter(name -> name.kind() == GeneralNameView.URI)
                .map(GeneralNameView::text)
                .collect(Collectors.toList());
    }
}
