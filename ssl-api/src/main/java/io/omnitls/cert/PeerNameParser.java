package io.omnitls.cert;

import io.omnitls.internal.x509.Excerpt;
import io.omnitls.protocol.Bytes;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells DNS names from addresses, and both from what is neither. */
final class PeerNameParser {
    private static final int MAX_NAME = 253; // RFC 1035 section 2.3.4: 255 bytes on the wire
    /** IDNA makes no more of fewer characters, and does not take long to say so of more. */
    private static final int MAX_TEXT = 4 * MAX_NAME;

    /** The dots of IDNA2003 (RFC 3490 section 3.1): U+002E, ideographic, full-width and half-width ideographic. */
    private static final Pattern LAST_DOT = Pattern.compile("[.\u3002\uff0e\uff61]\\z");

    /** The "forbidden domain code points" of the WHATWG URL standard: no host has one, and programs go by some. */
    private static final String FORBIDDEN = "#/:<>?@[\\]^|%";

    /**
     * The last label of an IPv4 address in any of the forms that {@code inet_aton} reads: decimal, octal, hexadecimal. No
     * top-level domain looks like that (RFC 3696 section 2; "ends in a number" in the WHATWG URL standard).
     */
    private static final Pattern NUMERIC_LAST_LABEL = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private PeerNameParser() {}

    static PeerName parse(String text) {
        PeerName.@Nullable IpAddress address = address(text);
        if (address != null) {
            return address;
        }
        String name = toAscii(text);
        // Again, because IDNA makes ASCII of full-width digits and dots.
        address = address(name);
        if (address != null) {
            return address;
        }
        if (name.length() > MAX_NAME || !name.chars().allMatch(PeerNameParser::mayStandInName)) {
            throw refusal(text, "it is too long or has a character that no name has");
        }
        if (name.isEmpty() || name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
            throw refusal(text, "it has an empty label");
        }
        if (NUMERIC_LAST_LABEL.matcher(name).matches()) {
            throw refusal(text, "its last label is a number, and an address has the form 192.0.2.1");
        }
        return new PeerName.DnsName(name);
    }

    private static PeerName.@Nullable IpAddress address(String text) {
        String bare = IpLiteral.bare(text);
        byte @Nullable [] address = IpLiteral.parse(bare);
        return address == null
                ? null
                : new PeerName.IpAddress(Bytes.copyOf(address).toString(), bare);
    }

    /** A-labels in lower case, without the one trailing dot that a complete name may have. */
    private static String toAscii(String text) {
        if (text.length() > MAX_TEXT) {
            throw refusal(text, "it is too long");
        }
        try {
            // Without the STD3 rules, because names with an underscore are in use.
            return IDN.toASCII(LAST_DOT.matcher(text).replaceFirst(""), IDN.ALLOW_UNASSIGNED)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw refusal(text, String.valueOf(e.getMessage()));
        }
    }

    private static boolean mayStandInName(int c) {
        return c > ' ' && c < 0x7f && FORBIDDEN.indexOf(c) < 0;
    }

    private static IllegalArgumentException refusal(String text, String why) {
        return new IllegalArgumentException("'" + Excerpt.name(text) + "' is not a DNS name: " + Excerpt.name(why));
    }
}
