package io.omnitls.internal.verify;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CanonicalName;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** The subtrees that one issuer is limited to (RFC 5280 section 4.2.1.10): OpenSSL's {@code NAME_CONSTRAINTS_check}. */
final class NameConstraints {
    private static final int EMAIL = DerReader.contextPrimitive(1);
    private static final int DNS = DerReader.contextPrimitive(2);
    private static final int DIRECTORY = DerReader.context(4);
    private static final int URI = DerReader.contextPrimitive(6);
    private static final int IP = DerReader.contextPrimitive(7);

    private static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
    private static final int IA5_STRING = 0x16;

    /** Two labels at least, which neither begin nor end with a hyphen: OpenSSL's {@code cn2dnsid}. */
    private static final Pattern HOST_LIKE = Pattern.compile("(?:\\w+(?:-+\\w+)*\\.)+\\w+(?:-+\\w+)*");

    /** More comparisons than this are an attack: {@code NAME_CHECK_MAX}. */
    private static final int MAX_COMPARISONS = 1 << 20;

    private final List<Name> permitted = new ArrayList<>();
    private final List<Name> excluded = new ArrayList<>();

    /** A GeneralName: its tag, and its content; of a directoryName the canonical form. */
    @SuppressWarnings("ArrayRecordComponent") // lives as long as one verification
    private record Name(int tag, byte[] content, boolean bounded) {
        String text() {
            return new String(content, StandardCharsets.ISO_8859_1);
        }

        String lowerCase() {
            return text().toLowerCase(Locale.ROOT);
        }
    }

    private NameConstraints() {}

    /** What {@code issuer} is limited to; empty when it is not. */
    static Optional<NameConstraints> of(X509Certificate issuer) throws DerException {
        Optional<DerReader> extension = Extension.value(issuer, Extension.NAME_CONSTRAINTS);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        NameConstraints constraints = new NameConstraints();
        DerReader fields = extension.get().enter(DerReader.SEQUENCE);
        Optional<DerReader> list = fields.enterIf(DerReader.context(0));
        if (list.isPresent()) {
            readSubtrees(list.get(), constraints.permitted);
        }
        list = fields.enterIf(DerReader.context(1));
        if (list.isPresent()) {
            readSubtrees(list.get(), constraints.excluded);
        }
        fields.requireEnd();
        return Optional.of(constraints);
    }

    /**
     * <pre>
     * GeneralSubtree ::= SEQUENCE {
     *     base        GeneralName,
     *     minimum [0] BaseDistance DEFAULT 0,
     *     maximum [1] BaseDistance OPTIONAL }
     * </pre>
     */
    private static void readSubtrees(DerReader list, List<Name> subtrees) throws DerException {
        while (!list.atEnd()) {
            DerReader subtree = list.enter(DerReader.SEQUENCE);
            Name base = name(subtree);
            subtrees.add(new Name(base.tag(), base.content(), !subtree.atEnd()));
        }
    }

    private static Name name(DerReader reader) throws DerException {
        int tag = reader.peek();
        return tag == DIRECTORY
                ? new Name(tag, directory(reader.enter(tag).element()), false)
                : new Name(tag, reader.content(tag), false);
    }

    private static byte[] directory(byte[] name) throws DerException {
        try {
            return CanonicalName.of(new X500Principal(name));
        } catch (IllegalArgumentException malformed) {
            throw new DerException("malformed directoryName");
        }
    }

    /**
     * Whether all names of {@code certificate} lie within; of the leaf, if it has no dNSName, the common names that look like
     * one too.
     */
    VerifyCode verdict(X509Certificate certificate, boolean leaf) throws DerException {
        List<Name> names = names(certificate);
        if (leaf && names.stream().noneMatch(name -> name.tag() == DNS)) {
            names.addAll(hostLikeCommonNames(certificate));
        }
        if ((long) names.size() * (permitted.size() + excluded.size()) > MAX_COMPARISONS) {
            return VerifyCode.UNSPECIFIED;
        }
        for (Name name : names) {
            VerifyCode code = verdict(name);
            if (code != VerifyCode.OK) {
                return code;
            }
        }
        return VerifyCode.OK;
    }

    private static List<Name> names(X509Certificate certificate) throws DerException {
        List<Name> names = new ArrayList<>();
        byte[] subject = certificate.getSubjectX500Principal().getEncoded();
        DerReader rdns = DerReader.of(subject).enter(DerReader.SEQUENCE);
        if (!rdns.atEnd()) {
            names.add(new Name(DIRECTORY, directory(subject), false));
        }
        while (!rdns.atEnd()) {
            DerReader rdn = rdns.enter(DerReader.SET);
            while (!rdn.atEnd()) {
                DerReader attribute = rdn.enter(DerReader.SEQUENCE);
                if (attribute.oid().equals(EMAIL_ADDRESS)) {
                    // An address in any other type of string has no @ that could be found.
                    byte[] address = attribute.peek() == IA5_STRING ? attribute.content(IA5_STRING) : new byte[0];
                    names.add(new Name(EMAIL, address, false));
                }
            }
        }
        Optional<DerReader> extension = Extension.value(certificate, Extension.SUBJECT_ALT_NAME);
        if (extension.isPresent()) {
            DerReader list = extension.get().enter(DerReader.SEQUENCE);
            while (!list.atEnd()) {
                names.add(name(list));
            }
        }
        return names;
    }

    /** A name that somebody may take for a host's must not escape by standing in the wrong place. */
    private static List<Name> hostLikeCommonNames(X509Certificate certificate) {
        return CertificateInfo.of(certificate).subject().values("commonName").stream()
                .filter(name -> HOST_LIKE.matcher(name).matches())
                .map(name -> new Name(DNS, name.getBytes(StandardCharsets.US_ASCII), false))
                .toList();
    }

    /** {@code nc_match}. */
    private VerifyCode verdict(Name name) {
        boolean limited = false;
        boolean within = false;
        for (Name base : permitted) {
            if (base.tag() != name.tag()) {
                continue;
            }
            if (base.bounded()) {
                return VerifyCode.SUBTREE_MINMAX;
            }
            limited = true;
            VerifyCode code = within ? VerifyCode.OK : compare(name, base);
            if (code != VerifyCode.OK && code != VerifyCode.PERMITTED_VIOLATION) {
                return code;
            }
            within |= code == VerifyCode.OK;
        }
        if (limited && !within) {
            return VerifyCode.PERMITTED_VIOLATION;
        }
        for (Name base : excluded) {
            if (base.tag() != name.tag()) {
                continue;
            }
            VerifyCode code = base.bounded() ? VerifyCode.SUBTREE_MINMAX : compare(name, base);
            if (code != VerifyCode.PERMITTED_VIOLATION) {
                return code == VerifyCode.OK ? VerifyCode.EXCLUDED_VIOLATION : code;
            }
        }
        return VerifyCode.OK;
    }

    /** OK when {@code name} lies in the subtree of {@code base}, PERMITTED_VIOLATION when not. */
    private static VerifyCode compare(Name name, Name base) {
        if (name.tag() == DIRECTORY) {
            return within(startsWith(name.content(), base.content()));
        }
        if (name.tag() == DNS) {
            return within(dns(name.lowerCase(), base.lowerCase()));
        }
        if (name.tag() == EMAIL) {
            return email(name.text(), base.text());
        }
        if (name.tag() == URI) {
            return uri(name.lowerCase(), base.lowerCase());
        }
        return name.tag() == IP ? ip(name.content(), base.content()) : VerifyCode.UNSUPPORTED_CONSTRAINT_TYPE;
    }

    private static VerifyCode within(boolean yes) {
        return yes ? VerifyCode.OK : VerifyCode.PERMITTED_VIOLATION;
    }

    private static boolean startsWith(byte[] name, byte[] base) {
        if (name.length < base.length) {
            return false;
        }
        for (int i = 0; i < base.length; i++) {
            if (name[i] != base[i]) {
                return false;
            }
        }
        return true;
    }

    /** Zero or more labels may stand before the base; an empty base is above everything. */
    private static boolean dns(String name, String base) {
        if (base.isEmpty() || name.equals(base)) {
            return true;
        }
        return name.endsWith(base) && (base.charAt(0) == '.' || name.charAt(name.length() - base.length() - 1) == '.');
    }

    /** The base is a mailbox, a host, or with a dot in front all hosts below a domain. */
    private static VerifyCode email(String name, String base) {
        int at = name.lastIndexOf('@');
        if (at < 0) {
            return VerifyCode.UNSUPPORTED_NAME_SYNTAX;
        }
        int baseAt = base.lastIndexOf('@');
        String lower = name.toLowerCase(Locale.ROOT);
        if (baseAt < 0 && base.startsWith(".")) {
            return within(name.length() > base.length() && lower.endsWith(base.toLowerCase(Locale.ROOT)));
        }
        boolean sameLocalPart = baseAt <= 0 || name.substring(0, at).equals(base.substring(0, baseAt));
        return within(sameLocalPart
                && lower.substring(at + 1).equals(base.substring(baseAt + 1).toLowerCase(Locale.ROOT)));
    }

    /** The base is a host, or with a dot in front all hosts below a domain. */
    private static VerifyCode uri(String name, String base) {
        int scheme = name.indexOf(':');
        if (scheme < 0 || !name.startsWith("//", scheme + 1)) {
            return VerifyCode.UNSUPPORTED_NAME_SYNTAX;
        }
        String host = name.substring(scheme + 3);
        int end = host.indexOf(':') >= 0 ? host.indexOf(':') : host.indexOf('/');
        host = end >= 0 ? host.substring(0, end) : host;
        if (host.isEmpty()) {
            return VerifyCode.UNSUPPORTED_NAME_SYNTAX;
        }
        return within(base.startsWith(".") ? host.length() > base.length() && host.endsWith(base) : host.equals(base));
    }

    /** The base is an address and a mask. */
    private static VerifyCode ip(byte[] address, byte[] base) {
        if (address.length != 4 && address.length != 16) {
            return VerifyCode.UNSUPPORTED_NAME_SYNTAX;
        }
        if (base.length != 8 && base.length != 32) {
            return VerifyCode.UNSUPPORTED_CONSTRAINT_SYNTAX;
        }
        if (base.length != 2 * address.length) {
            return VerifyCode.PERMITTED_VIOLATION;
        }
        for (int i = 0; i < address.length; i++) {
            if (((address[i] ^ base[i]) & base[address.length + i]) != 0) {
                return VerifyCode.PERMITTED_VIOLATION;
            }
        }
        return VerifyCode.OK;
    }
}
