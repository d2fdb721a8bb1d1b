package io.omnitls.internal.verify.webpki;

import io.omnitls.internal.x509.Attribute;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.GeneralNameView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A common name that somebody may take for the peer's is one of the alternative names, character for character (BR
 * 7.1.4.3). What is no name, such as a company's, is let pass; and so is the domain that one of the alternative names
 * lies in, since certificates for {@code www.example.org} do say {@code example.org}.
 */
final class CommonNameRule {
    /** What inet_aton takes for an IPv4 address: one to four numbers, decimal, octal or hexadecimal. */
    private static final Pattern IPV4_LIKE =
            Pattern.compile("(?:0[xX][0-9a-fA-F]+|[0-9]+)(?:\\.(?:0[xX][0-9a-fA-F]+|[0-9]+)){0,3}");

    private static final Pattern IPV6_LIKE = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final Pattern DOMAIN_LIKE =
            Pattern.compile("(?:\\*\\.)?[a-zA-Z0-9_\\x{80}-\\x{10ffff}-]+(?:\\.[a-zA-Z0-9_\\x{80}-\\x{10ffff}-]+)+");

    private CommonNameRule() {}

    static Optional<String> complaint(Subject subject) {
        List<String> addresses = new ArrayList<>();
        List<String> domains = new ArrayList<>();
        for (GeneralNameView name : subject.extensions().subjectAltName().orElse(List.of())) {
            if (name.kind() == GeneralNameView.IP) {
                addresses.add(AddressText.of(name.content().toByteArray()));
            } else if (name.kind() == GeneralNameView.DNS && name.text().indexOf('.') >= 0) {
                // A common name can hardly be meant for a host without a domain, such as localhost.
                domains.add(name.text());
            }
        }
        for (Attribute attribute : subject.certificate().subject().attributes()) {
            if (attribute.type().equals(Attribute.COMMON_NAME) && astray(attribute.text(), addresses, domains)) {
                return Optional.of("has the common name '" + Excerpt.name(attribute.text())
                        + "', which is not among its alternative names");
            }
        }
        return Optional.empty();
    }

    private static boolean astray(String commonName, List<String> addresses, List<String> domains) {
        if (IPV4_LIKE.matcher(commonName).matches()
                || IPV6_LIKE.matcher(commonName).matches()) {
            return !addresses.isEmpty() && !addresses.contains(commonName);
        }
        return DOMAIN_LIKE.matcher(commonName).matches()
                && !domains.isEmpty()
                && domains.stream().noneMatch(domain -> domain.equals(commonName) || domain.endsWith("." + commonName));
    }
}
