package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.Ascii;
import io.omnitls.internal.x509.Attribute;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.GeneralNameView;
import io.omnitls.internal.x509.NameConstraintsView;
import io.omnitls.internal.x509.NameConstraintsView.Subtree;
import io.omnitls.protocol.Bytes;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The subtrees that one issuer is limited to (RFC 5280 section 4.2.1.10): OpenSSL's {@code NAME_CONSTRAINTS_check}. */
final class NameConstraints {
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
            // A name that somebody may take for a host's must not escape by standing in the wrong place.
            for (Attribute attribute : certificate.subject().attributes()) {
                if (attribute.type().equals(Attribute.COMMON_NAME)) {
                    HostLikeName host = HostLikeName.of(attribute);
                    if (host.ambiguous()) {
                        return VerifyCode.UNSUPPORTED_NAME_SYNTAX;
                    }
                    host.name().ifPresent(name -> names.add(GeneralNameView.of(GeneralNameView.DNS, name)));
                }
            }
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

    /** {@code nc_match}. */
    private VerifyCode verdict(GeneralNameView name) {
        boolean limited = false;
        boolean within = false;
        for (Subtree subtree : permitted) {
            if (!subtree.base().sameKind(name)) {
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
            if (!subtree.base().sameKind(name)) {
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
            case GeneralNameView.OTHER ->
                base.kind() == GeneralNameView.EMAIL
                        ? internationalEmail(name.smtpUtf8Mailbox(), base.text())
                        : VerifyCode.UNSUPPORTED_CONSTRAINT_TYPE;
            default -> VerifyCode.UNSUPPORTED_CONSTRAINT_TYPE;
        };
    }

    private static String lowerCase(GeneralNameView name) {
        return Ascii.lowerCase(name.text());
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
        String lower = Ascii.lowerCase(name);
        if (baseAt < 0 && base.startsWith(".")) {
            return within(name.length() > base.length() && lower.endsWith(Ascii.lowerCase(base)));
        }
        boolean sameLocalPart = baseAt <= 0 || name.substring(0, at).equals(base.substring(0, baseAt));
        return within(sameLocalPart && lower.substring(at + 1).equals(Ascii.lowerCase(base.substring(baseAt + 1))));
    }

    /** RFC 8398 section 6: the base has A-labels, the mailbox has not ({@code nc_email_eai}). */
    private static VerifyCode internationalEmail(Optional<String> mailbox, String base) {
        int at = mailbox.orElse("").lastIndexOf('@');
        if (at < 0) {
            return VerifyCode.UNSUPPORTED_NAME_SYNTAX;
        }
        String host = Ascii.lowerCase(mailbox.orElseThrow().substring(at + 1));
        String wanted = Ascii.lowerCase(IDN.toUnicode(base));
        return within(
                wanted.startsWith(".")
                        ? host.length() > wanted.length() && host.endsWith(wanted)
                        : host.equals(wanted));
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
            return VerifyCode.UNSUPPORTED_NAME_SYNTAX;
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
