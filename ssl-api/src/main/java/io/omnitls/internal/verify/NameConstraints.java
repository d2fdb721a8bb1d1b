package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.Attribute;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.GeneralNameView;
import io.omnitls.internal.x509.NameConstraintsView;
import io.omnitls.internal.x509.NameConstraintsView.Subtree;
import io.omnitls.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The subtrees that one issuer is limited to (RFC 5280 section 4.2.1.10): OpenSSL's {@code NAME_CONSTRAINTS_check}. */
final class NameConstraints {
    /** Two labels at least, which neither begin nor end with a hyphen: OpenSSL's {@code cn2dnsid}. */
    private static final Pattern HOST_LIKE = Pattern.compile("(?:\\w+(?:-+\\w+)*\\.)+\\w+(?:-+\\w+)*");

    /** More comparisons than this are an attack: {@code NAME_CHECK_MAX}. */
    private static final int MAX_COMPARISONS = 1 << 20;

    private final List<Subtree> permitted;
    private final List<Subtree> excluded;

    NameConstraints(NameConstraintsView constraints) {
        this.permitted = constraints.permitted().orElse(List.of());
        this.excluded = constraints.excluded().orElse(List.of());
    }

    /**
     * Whether all names of {@code certificate} lie within; of the leaf, if it has no dNSName, the common names that look like
     * one too.
     */
    VerifyCode verdict(CertificateView certificate, boolean leaf) {
        List<GeneralNameView> names = names(certificate);
        if (leaf && names.stream().noneMatch(name -> name.kind() == GeneralNameView.DNS)) {
            names.addAll(hostLikeCommonNames(certificate));
        }
        if ((long) names.size() * (permitted.size() + excluded.size()) > MAX_COMPARISONS) {
            return VerifyCode.UNSPECIFIED;
        }
        for (GeneralNameView name : names) {
            VerifyCode code = verdict(name);
            if (code != VerifyCode.OK) {
                return code;
            }
        }
        return VerifyCode.OK;
    }

    private static List<GeneralNameView> names(CertificateView certificate) {
        List<GeneralNameView> names = new ArrayList<>();
        if (!certificate.subject().isEmpty()) {
            names.add(GeneralNameView.ofDirectory(certificate.subject()));
        }
        for (Attribute attribute : certificate.subject().attributes()) {
            if (attribute.type().equals(Attribute.EMAIL_ADDRESS)) {
                // An address in any other type of string has no @ that could be found.
                boolean readable = attribute.tag() == DerReader.IA5_STRING;
                names.add(GeneralNameView.of(
                        GeneralNameView.EMAIL, readable ? attribute.content() : Bytes.copyOf(new byte[0])));
            }
        }
        names.addAll(certificate.extensions().subjectAltName().orElse(List.of()));
        return names;
    }

    /** A name that somebody may take for a host's must not escape by standing in the wrong place. */
    private static List<GeneralNameView> hostLikeCommonNames(CertificateView certificate) {
        List<GeneralNameView> names = new ArrayList<>();
        for (Attribute attribute : certificate.subject().attributes()) {
            String text = attribute.text();
            if (attribute.type().equals(Attribute.COMMON_NAME)
                    && HOST_LIKE.matcher(text).matches()) {
                names.add(GeneralNameView.of(
                        GeneralNameView.DNS, Bytes.copyOf(text.getBytes(StandardCharsets.US_ASCII))));
            }
        }
        return names;
    }

    /** {@code nc_match}. */
    private VerifyCode verdict(GeneralNameView name) {
        boolean limited = false;
        boolean within = false;
        for (Subtree subtree : permitted) {
            if (subtree.base().kind() != name.kind()) {
                continue;
            }
            if (subtree.bounded()) {
                return VerifyCode.SUBTREE_MINMAX;
            }
            limited = true;
            VerifyCode code = within ? VerifyCode.OK : compare(name, subtree.base());
            if (code != VerifyCode.OK && code != VerifyCode.PERMITTED_VIOLATION) {
                return code;
            }
            within |= code == VerifyCode.OK;
        }
        if (limited && !within) {
            return VerifyCode.PERMITTED_VIOLATION;
        }
        for (Subtree subtree : excluded) {
            if (subtree.base().kind() != name.kind()) {
                continue;
            }
            VerifyCode code = subtree.bounded() ? VerifyCode.SUBTREE_MINMAX : compare(name, subtree.base());
            if (code != VerifyCode.PERMITTED_VIOLATION) {
                return code == VerifyCode.OK ? VerifyCode.EXCLUDED_VIOLATION : code;
            }
        }
        return VerifyCode.OK;
    }

    /** OK when {@code name} lies in the subtree of {@code base}, PERMITTED_VIOLATION when not. */
    private static VerifyCode compare(GeneralNameView name, GeneralNameView base) {
        return switch (name.kind()) {
            case GeneralNameView.DIRECTORY ->
                within(name.directory().orElseThrow().within(base.directory().orElseThrow()));
            case GeneralNameView.DNS -> within(dns(lowerCase(name), lowerCase(base)));
            case GeneralNameView.EMAIL -> email(name.text(), base.text());
            case GeneralNameView.URI -> uri(lowerCase(name), lowerCase(base));
            case GeneralNameView.IP ->
                ip(name.content().toByteArray(), base.content().toByteArray());
            default -> VerifyCode.UNSUPPORTED_CONSTRAINT_TYPE;
        };
    }

    private static String lowerCase(GeneralNameView name) {
        return name.text().toLowerCase(Locale.ROOT);
    }

    private static VerifyCode within(boolean yes) {
        return yes ? VerifyCode.OK : VerifyCode.PERMITTED_VIOLATION;
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
