package io.omnitls.cert;

import io.omnitls.cert.DistinguishedName.Attribute;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.protocol.Bytes;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The decoder behind {@link CertificateInfo}: each field by itself, so that a broken one leaves the others readable. */
record CertificateFields(
        int version,
        String serialNumber,
        DistinguishedName issuer,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        DistinguishedName subject,
        List<GeneralName> subjectAltNames,
        List<String> ocspResponders,
        List<String> caIssuers,
        List<String> crlDistributionPoints) {

    static final CertificateFields NONE = new CertificateFields(
            0,
            "",
            DistinguishedName.EMPTY,
            Optional.empty(),
            Optional.empty(),
            DistinguishedName.EMPTY,
            List.of(),
            List.of(),
            List.of(),
            List.of());

    private static final Map<String, String> ATTRIBUTE_NAMES = Map.ofEntries(
            Map.entry("2.5.4.3", "commonName"),
            Map.entry("2.5.4.4", "surname"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "countryName"),
            Map.entry("2.5.4.7", "localityName"),
            Map.entry("2.5.4.8", "stateOrProvinceName"),
            Map.entry("2.5.4.9", "streetAddress"),
            Map.entry("2.5.4.10", "organizationName"),
            Map.entry("2.5.4.11", "organizationalUnitName"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.15", "businessCategory"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.42", "givenName"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.44", "generationQualifier"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("2.5.4.97", "organizationIdentifier"),
            Map.entry("0.9.2342.19200300.100.1.1", "userId"),
            Map.entry("0.9.2342.19200300.100.1.25", "domainComponent"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionLocalityName"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionStateOrProvinceName"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionCountryName"));

    /**
     * <pre>
     * TBSCertificate ::= SEQUENCE {
     *     version         [0] EXPLICIT Version DEFAULT v1,
     *     serialNumber        CertificateSerialNumber,
     *     signature           AlgorithmIdentifier,
     *     issuer              Name,
     *     validity            Validity,
     *     subject             Name,
     *     subjectPublicKeyInfo SubjectPublicKeyInfo,
     *     issuerUniqueID  [1] ..., subjectUniqueID [2] ...,
     *     extensions      [3] EXPLICIT Extensions OPTIONAL }
     * </pre>
     */
    static CertificateFields decode(DerReader certificate) {
        try {
            DerReader tbs = certificate.enter(DerReader.SEQUENCE).enter(DerReader.SEQUENCE);
            Optional<DerReader> version = tbs.enterIf(DerReader.context(0));
            int number = version.isPresent() ? version.get().smallInteger() + 1 : 1;
            String serial = serial(tbs.integer());
            tbs.skip();
            DistinguishedName issuer = name(tbs.enter(DerReader.SEQUENCE));
            DerReader validity = tbs.enter(DerReader.SEQUENCE);
            Optional<Instant> notBefore = time(validity);
            Optional<Instant> notAfter = time(validity);
            DistinguishedName subject = name(tbs.enter(DerReader.SEQUENCE));
            Extensions extensions = Extensions.read(tbs);
            return new CertificateFields(
                    number,
                    serial,
                    issuer,
                    notBefore,
                    notAfter,
                    subject,
                    extensions.list("2.5.29.17", CertificateFields::generalNames),
                    extensions.list("1.3.6.1.5.5.7.1.1", value -> accessUris(value, "1.3.6.1.5.5.7.48.1")),
                    extensions.list("1.3.6.1.5.5.7.1.1", value -> accessUris(value, "1.3.6.1.5.5.7.48.2")),
                    extensions.list("2.5.29.31", CertificateFields::distributionPoints));
        } catch (DerException broken) {
            return NONE;
        }
    }

    private static String serial(BigInteger number) {
        String digits = number.abs().toString(16).toUpperCase(Locale.ROOT);
        return (number.signum() < 0 ? "-" : "") + (digits.length() % 2 == 0 ? "" : "0") + digits;
    }

    /** {@code Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }}. */
    private static DistinguishedName name(DerReader name) throws DerException {
        List<List<Attribute>> rdns = new ArrayList<>();
        while (!name.atEnd()) {
            DerReader set = name.enter(DerReader.SET);
            List<Attribute> rdn = new ArrayList<>();
            while (!set.atEnd()) {
                DerReader attribute = set.enter(DerReader.SEQUENCE);
                String type = attribute.oid();
                rdn.add(new Attribute(ATTRIBUTE_NAMES.getOrDefault(type, type), text(attribute)));
            }
            rdns.add(rdn);
        }
        return new DistinguishedName(rdns);
    }

    /** The string types of X.680, by their tags. */
    private static String text(DerReader value) throws DerException {
        int tag = value.peek();
        Charset charset = switch (tag) {
            case 0x0c -> StandardCharsets.UTF_8;
            case 0x1e -> StandardCharsets.UTF_16BE;
            case 0x1c -> Charset.forName("UTF-32BE");
            default -> StandardCharsets.ISO_8859_1;
        };
        return new String(value.content(tag), charset);
    }

    private static final Pattern TIME = Pattern.compile("(\\d{2}|\\d{4})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(\\d{2})Z");

    /** UTCTime or GeneralizedTime as RFC 5280 section 4.1.2.5 allows them. */
    private static Optional<Instant> time(DerReader validity) throws DerException {
        String text = new String(validity.content(validity.peek()), StandardCharsets.ISO_8859_1);
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int year = Integer.parseInt(parts.group(1));
        if (parts.group(1).length() == 2) {
            year += year < 50 ? 2000 : 1900;
        }
        try {
            return Optional.of(LocalDateTime.of(
                            year, part(parts, 2), part(parts, 3), part(parts, 4), part(parts, 5), part(parts, 6))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static int part(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static List<GeneralName> generalNames(DerReader value) throws DerException {
        DerReader list = value.enter(DerReader.SEQUENCE);
        List<GeneralName> names = new ArrayList<>();
        while (!list.atEnd()) {
            names.add(generalName(list));
        }
        return names;
    }

    /** The CHOICE of RFC 5280 section 4.2.1.6, by its tags. */
    private static GeneralName generalName(DerReader list) throws DerException {
        int tag = list.peek();
        return switch (tag) {
            case 0x81 -> new GeneralName("email", ascii(list, tag));
            case 0x82 -> new GeneralName("DNS", ascii(list, tag));
            case 0x86 -> new GeneralName("URI", ascii(list, tag));
            case 0x87 -> new GeneralName("IP Address", GeneralName.ipText(list.content(tag)));
            case 0x88 -> new GeneralName("Registered ID", objectIdentifier(list.content(tag)));
            case 0xa4 ->
                new GeneralName(
                        "DirName",
                        name(list.enter(tag).enter(DerReader.SEQUENCE)).toString());
            default -> {
                list.skip();
                yield new GeneralName("othername", "<unsupported>");
            }
        };
    }

    private static String objectIdentifier(byte[] content) throws DerException {
        byte[] element = new byte[content.length + 2];
        element[0] = DerReader.OID;
        element[1] = (byte) content.length;
        System.arraycopy(content, 0, element, 2, content.length);
        return DerReader.of(element).oid();
    }

    private static String ascii(DerReader list, int tag) throws DerException {
        return new String(list.content(tag), StandardCharsets.ISO_8859_1);
    }

    /** {@code AuthorityInfoAccessSyntax ::= SEQUENCE OF SEQUENCE { accessMethod OID, accessLocation GeneralName }}. */
    private static List<String> accessUris(DerReader value, String method) throws DerException {
        DerReader list = value.enter(DerReader.SEQUENCE);
        List<String> uris = new ArrayList<>();
        while (!list.atEnd()) {
            DerReader description = list.enter(DerReader.SEQUENCE);
            if (description.oid().equals(method) && description.peek() == 0x86) {
                uris.add(ascii(description, 0x86));
            }
        }
        return uris;
    }

    /**
     * <pre>
     * CRLDistributionPoints ::= SEQUENCE OF SEQUENCE {
     *     distributionPoint [0] CHOICE { fullName [0] GeneralNames, ... } OPTIONAL, ... }
     * </pre>
     */
    private static List<String> distributionPoints(DerReader value) throws DerException {
        DerReader list = value.enter(DerReader.SEQUENCE);
        List<String> uris = new ArrayList<>();
        while (!list.atEnd()) {
            Optional<DerReader> point = list.enter(DerReader.SEQUENCE).enterIf(DerReader.context(0));
            Optional<DerReader> fullName =
                    point.isPresent() ? point.get().enterIf(DerReader.context(0)) : Optional.empty();
            if (fullName.isPresent()) {
                while (!fullName.get().atEnd()) {
                    GeneralName name = generalName(fullName.get());
                    if (name.kind().equals("URI")) {
                        uris.add(name.value());
                    }
                }
            }
        }
        return uris;
    }

    /** The extensions of a certificate, undecoded. */
    private record Extensions(Map<String, Bytes> values) {

        interface Decoder<T> {
            List<T> decode(DerReader value) throws DerException;
        }

        /** Goes on behind the subject. {@code Extension ::= SEQUENCE { id, critical BOOLEAN DEFAULT FALSE, value }}. */
        static Extensions read(DerReader tbs) {
            Map<String, Bytes> values = new java.util.HashMap<>();
            try {
                tbs.skip();
                while (!tbs.atEnd() && tbs.peek() != DerReader.context(3)) {
                    tbs.skip();
                }
                if (!tbs.atEnd()) {
                    DerReader list = tbs.enter(DerReader.context(3)).enter(DerReader.SEQUENCE);
                    while (!list.atEnd()) {
                        DerReader extension = list.enter(DerReader.SEQUENCE);
                        String id = extension.oid();
                        if (extension.peek() == 0x01) {
                            extension.skip();
                        }
                        values.put(id, Bytes.copyOf(extension.content(DerReader.OCTET_STRING)));
                    }
                }
            } catch (DerException broken) {
                // What came before stays readable.
            }
            return new Extensions(values);
        }

        /** What the decoder makes of an extension; nothing when it is absent or broken. */
        <T> List<T> list(String id, Decoder<T> decoder) {
            Bytes value = values.get(id);
            if (value == null) {
                return List.of();
            }
            try {
                return List.copyOf(decoder.decode(DerReader.of(value.toByteArray())));
            } catch (DerException broken) {
                return List.of();
            }
        }
    }
}
