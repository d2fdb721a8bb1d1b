package io.omnitls.internal.verify.webpki;

import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.GeneralNameView;
import java.util.Optional;
import java.util.regex.Pattern;

/** How names are written (RFC 5280 section 4.2.1.6, RFC 1034 section 3.5). */
final class NameSyntax {
    private static final int MAX_DNS = 253;
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*+");

    private NameSyntax() {}

    /** Letters, digits and hyphens, in labels that are not empty. */
    static boolean isHost(String name) {
        return name.length() <= MAX_DNS && HOST.matcher(name).matches();
    }

    /** A host, or a wildcard for all of its first label. */
    static boolean isDnsName(String name) {
        return isHost(name.startsWith("*.") ? name.substring(2) : name) && name.length() <= MAX_DNS;
    }

    /** One @, with something before it that is visible and a host behind it. */
    static boolean isMailbox(String name) {
        int at = name.indexOf('@');
        return at > 0
                && name.substring(0, at).chars().allMatch(c -> c > ' ' && c < 0x7f)
                && isHost(name.substring(at + 1));
    }

    /** What is wrong with {@code name}, if it is of a kind that has a syntax. */
    static Optional<String> complaint(GeneralNameView name) {
        return switch (name.kind()) {
            case GeneralNameView.DNS ->
                Rule.when(
                        !isDnsName(name.text()), "has the dNSName '" + Excerpt.name(name.text()) + "', which is none");
            case GeneralNameView.EMAIL ->
                Rule.when(
                        !isMailbox(name.text()),
                        "has the rfc822Name '" + Excerpt.name(name.text()) + "', which is none");
            case GeneralNameView.IP ->
                Rule.when(
                        name.content().size() != 4 && name.content().size() != 16,
                        "has an iPAddress of " + name.content().size() + " octets");
            default -> Optional.empty();
        };
    }
}
