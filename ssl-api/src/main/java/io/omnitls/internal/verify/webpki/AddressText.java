package io.omnitls.internal.verify.webpki;

import java.util.ArrayList;
import java.util.List;

/** The one way to write an address: with dots, or as RFC 5952 has it. */
final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** @param address 4 or 16 octets; of any other number no text that an address has */
    static String of(byte[] address) {
        if (address.length == 4) {
            return (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "."
                    + (address[3] & 0xff);
        }
        return address.length == 2 * GROUPS ? ipv6(address) : "";
    }

    private static String ipv6(byte[] address) {
        List<String> groups = new ArrayList<>(GROUPS);
        for (int i = 0; i < GROUPS; i++) {
            groups.add(Integer.toHexString((address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff));
        }
        // RFC 5952 section 4.2: the longest run of two zeros at least, the first of equals.
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && groups.get(i + run).equals("0")) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        if (start < 0) {
            return String.join(":", groups);
        }
        return String.join(":", groups.subList(0, start)) + "::"
                + String.join(":", groups.subList(start + length, GROUPS));
    }
}
