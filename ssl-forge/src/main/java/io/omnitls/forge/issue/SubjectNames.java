package io.omnitls.forge.issue;

import io.omnitls.forge.Der;
import io.omnitls.forge.Names;
import java.net.IDN;
import java.util.List;
import java.util.regex.Pattern;

/** The names that a server's certificate speaks for: which texts are one, and how they are written. */
final class SubjectNames {
    /** Labels of letters, digits, hyphens and underscores; the first may be a wildcard. */
    private static final Pattern DNS_NAME = Pattern.compile(
            "(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*");

    /**
     * No top-level domain is a number (RFC 3696 section 2), and whoever reads one takes the whole for an IPv4 address,
     * decimal, octal or hexadecimal ("ends in a number" in the WHATWG URL standard).
     */
    private static final Pattern NUMERIC_LAST_LABEL = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)");

    private static final String WILDCARD = "*.";
    private static final int MAX_NAME = 253;
    /** IDNA makes no more of fewer characters, and does not take long to say so of more. */
    private static final int MAX_TEXT = 4 * MAX_NAME;

    private SubjectNames() {}

    /**
     * The names as certificates have them: host names as A-labels, without the dot that a complete name may end with, each
     * once.
     *
     * @throws IllegalArgumentException when one of {@code names} is neither a host name nor an address
     */
    static List<String> written(List<String> names) {
        return names.stream().map(SubjectNames::written).distinct().toList();
    }

    private static String written(String name) {
        if (IpText.looksLikeOne(name)) {
            IpText.parse(name);
            return name;
        }
        return dnsName(name);
    }

    /** The value of subjectAltName for names as they are {@linkplain #written written}. */
    static byte[] extension(List<String> names) {
        return Der.sequence(names.stream().map(SubjectNames::generalName).toList());
    }

    private static byte[] generalName(String name) {
        return IpText.looksLikeOne(name) ? Names.ipAddress(IpText.parse(name)) : Names.dnsName(name);
    }

    private static String dnsName(String name) {
        if (name.length() > MAX_TEXT) {
            throw refusal(name.substring(0, 80) + "...", "it is too long");
        }
        String complete = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String ascii;
        try {
            ascii = complete.startsWith(WILDCARD)
                    ? WILDCARD + toAscii(complete.substring(WILDCARD.length()))
                    : toAscii(complete);
        } catch (IllegalArgumentException unwritable) {
            throw refusal(name, "a label is empty, too long, or has a character that no name has");
        }
        if (ascii.length() > MAX_NAME) {
            throw refusal(name, "it is too long");
        }
        if (!DNS_NAME.matcher(ascii).matches()) {
            throw refusal(name, "names have letters, digits and hyphens between dots, and before them *. at most");
        }
        if (NUMERIC_LAST_LABEL.matcher(ascii).matches()) {
            throw refusal(name, "its last label is a number, and an address has the form 192.0.2.1");
        }
        return ascii;
    }

    /** As clients do it: without the STD3 rules, because names with an underscore are in use. */
    private static String toAscii(String name) {
        return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    }

    private static IllegalArgumentException refusal(String name, String why) {
        return new IllegalArgumentException("'" + name + "' is neither a host name nor an IP address: " + why);
    }
}
