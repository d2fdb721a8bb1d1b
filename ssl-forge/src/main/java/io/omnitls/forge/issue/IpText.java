package io.omnitls.forge.issue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/** IP addresses as text. {@code InetAddress} would ask the DNS about what looks like one and is none. */
final class IpText {
    private static final Pattern FOUR_NUMBERS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    /** A leading zero is octal to some and decimal to others (RFC 6943 section 3.1.1). */
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

    private static final int GROUPS = 8;

    private IpText() {}

    /** Whether it is an address or none, and never the name of a host. */
    static boolean looksLikeOne(String text) {
        return text.indexOf(':') >= 0 || FOUR_NUMBERS.matcher(text).matches();
    }

    /**
     * The 4 or 16 bytes of an address.
     *
     * @throws IllegalArgumentException when it is none
     */
    static byte[] parse(String text) {
        ByteBuffer address = ByteBuffer.allocate(text.indexOf(':') < 0 ? 4 : 2 * GROUPS);
        boolean valid = address.capacity() == 4 ? v4(text, address) : v6(text, address);
        if (!valid) {
            throw new IllegalArgumentException("'" + text
                    + "' is neither a host name nor an IP address: these are written as 192.0.2.1 and 2001:db8::1");
        }
        return address.array();
    }

    private static boolean v4(String text, ByteBuffer address) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return false;
            }
            address.put((byte) Integer.parseInt(octet));
        }
        return true;
    }

    /** RFC 4291 section 2.2: eight groups, of which {@code ::} stands for one or more, and the last two may be IPv4. */
    private static boolean v6(String text, ByteBuffer address) {
        if (text.indexOf('.') >= 0) {
            int last = text.lastIndexOf(':') + 1;
            ByteBuffer tail = ByteBuffer.allocate(4);
            return v4(text.substring(last), tail)
                    && v6(text.substring(0, last) + hex(tail.getShort(0)) + ":" + hex(tail.getShort(2)), address);
        }
        int gap = text.indexOf("::");
        List<String> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<String> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        int missing = GROUPS - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return false;
        }
        address.position(2 * missing + 2 * head.size());
        boolean valid = put(tail, address);
        address.position(0);
        return put(head, address) && valid;
    }

    private static String hex(short group) {
        return Integer.toHexString(Short.toUnsignedInt(group));
    }

    private static List<String> groups(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
    }

    private static boolean put(List<String> groups, ByteBuffer address) {
        for (String group : groups) {
            if (!GROUP.matcher(group).matches()) {
                return false;
            }
            address.putShort((short) Integer.parseInt(group, 16));
        }
        return true;
    }
}
