package io.omnitls.forge.issue;

import io.omnitls.forge.Der;
import io.omnitls.forge.Names;
import java.net.IDN;
import java.util.List;
import java.util.regex.Pattern;

/** The names that a server's certificate speaks for, as GeneralNames. */
final class SubjectNames {
    /** Labels of letters, digits, hyphens and underscores; the first may be a wildcard. */
    private static final Pattern DNS_NAME = Pattern.compile(
            "(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*");

    private static final int MAX_NAME = 253;

    private SubjectNames() {}

    /**
     * The value of subjectAltName.
     *
     * @throws IllegalArgumentException when one of {@code names} is neither a host name nor an address
     */
    static byte[] extension(List<String> names) {
        return Der.sequence(names.stream().map(SubjectNames::generalName).toList());
    }

    private static byte[] generalName(String name) {
        if (IpText.looksLikeOne(name)) {
            return Names.ipAddress(IpText.parse(name));
        }
        return Names.dnsName(dnsName(name));
    }

    private static String dnsName(String name) {
        String ascii;
        try {
            ascii = name.startsWith("*.") ? "*." + IDN.toASCII(name.substring(2)) : IDN.toASCII(name);
        } catch (IllegalArgumentException unwritable) {
            throw new IllegalArgumentException(neither(name), unwritable);
        }
        if (ascii.length() > MAX_NAME || !DNS_NAME.matcher(ascii).matches()) {
            throw new IllegalArgumentException(neither(name));
        }
        return ascii;
    }

    private static String neither(String name) {
        return "'" + name + "' is neither a host name nor an IP address";
    }
}
