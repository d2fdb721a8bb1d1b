package io.omnitls.cert;

import io.omnitls.internal.x509.Ascii;
import io.omnitls.internal.x509.Attribute;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.GeneralNameView;
import io.omnitls.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a certificate speaks for a name (RFC 9525, RFC 6125 section 6.4): what Python's {@code match_hostname} and
 * OpenSSL's {@code X509_check_host} with {@code X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS} decide.
 *
 * <p>A DNS name matches a dNSName of the subjectAltName extension, letter case aside; a {@code *} stands for exactly one
 * whole left-most label of letters, digits and hyphens, an A-label included, before at least two others. An address matches
 * an iPAddress bit by bit. A mailbox matches an rfc822Name, letter case counting before the @ alone (RFC 5280 section
 * 7.5). The subject's common name counts for nothing unless that is asked for.
 */
public final class HostnameMatcher {
    /** What a wildcard can stand for: OpenSSL's {@code wildcard_match} knows no underscore. */
    private static final Pattern WILDCARD_LABEL = Pattern.compile("[a-z0-9-]+");

    /** What can stand behind it: two labels at least, because "*.com" would speak for every company ({@code valid_star}). */
    private static final Pattern WILDCARD_SUFFIX =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

    private HostnameMatcher() {}

    /** Whether {@code certificate} speaks for {@code name}. A certificate whose extension is broken speaks for nobody. */
    public static boolean match(X509Certificate certificate, PeerName name) {
        return match(certificate, name, false);
    }

    /**
     * The same, where {@code commonName} lets the subject's common names count as dNSNames if the certificate has none:
     * what OpenSSL does without {@code X509_CHECK_FLAG_NEVER_CHECK_SUBJECT}, and RFC 9525 has given up.
     */
    public static boolean match(X509Certificate certificate, PeerName name, boolean commonName) {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(name, "name");
        if (name instanceof PeerName.DnsName dns) {
            List<Bytes> patterns = names(certificate, GeneralNameView.DNS);
            return patterns.isEmpty() && commonName
                    ? commonNames(certificate).stream().anyMatch(pattern -> matches(pattern, dns.name()))
                    : patterns.stream().anyMatch(pattern -> matches(text(pattern), dns.name()));
        }
        if (name instanceof PeerName.EmailAddress email) {
            return names(certificate, GeneralNameView.EMAIL).stream().anyMatch(mailbox -> matches(mailbox, email));
        }
        return name instanceof PeerName.IpAddress ip
                && names(certificate, GeneralNameView.IP).stream()
                        .anyMatch(address -> address.toString().equals(ip.address()));
    }

    /** The names a certificate speaks for, for messages: those of the subjectAltName, as text. */
    public static List<String> names(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        List<String> names = new ArrayList<>();
        names(certificate, GeneralNameView.DNS).forEach(name -> names.add(text(name)));
        names(certificate, GeneralNameView.EMAIL).forEach(name -> names.add(text(name)));
        names(certificate, GeneralNameView.IP).forEach(address -> names.add(GeneralName.ipText(address.toByteArray())));
        return names;
    }

    /** {@code equal_email}: letter case counts before the @ and not behind it. */
    private static boolean matches(Bytes mailbox, PeerName.EmailAddress email) {
        String text = new String(mailbox.toByteArray(), StandardCharsets.ISO_8859_1);
        int at = text.lastIndexOf('@');
        return at >= 0
                && text.substring(0, at).equals(email.local())
                && Ascii.lowerCase(text.substring(at + 1)).equals(email.domain());
    }

    private static String text(Bytes name) {
        return Ascii.lowerCase(new String(name.toByteArray(), StandardCharsets.ISO_8859_1));
    }

    static boolean matches(String pattern, String name) {
        if (pattern.equals(name)) {
            return true;
        }
        int firstDot = name.indexOf('.');
        return firstDot > 0
                && pattern.startsWith("*.")
                && name.startsWith(pattern.substring(1), firstDot)
                && name.length() == firstDot + pattern.length() - 1
                && WILDCARD_LABEL.matcher(name.substring(0, firstDot)).matches()
                && WILDCARD_SUFFIX.matcher(pattern.substring(2)).matches();
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return CertificateView.of(certificate).subject().attributes().stream()
                    .filter(attribute -> attribute.type().equals(Attribute.COMMON_NAME))
                    .map(attribute -> Ascii.lowerCase(attribute.text()))
                    .collect(Collectors.toList());
        } catch (DerException unreadable) {
            return List.of();
        }
    }

    /** The contents of all names of one kind. */
    private static List<Bytes> names(X509Certificate certificate, int kind) {
        try {
            return CertificateView.of(certificate).extensions().subjectAltName().orElse(List.of()).stream()
                    .filter(name -> name.kind() == kind)
                    .map(GeneralNameView::content)
                    .collect(Collectors.toList());
        } catch (DerException unreadable) {
            return List.of();
        }
    }
}
