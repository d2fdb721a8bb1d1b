package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that a certificate's owner may use (RFC 3779 section 2).
 *
 * @param canonical whether they are written in the one form that section 2.2.3 allows
 */
public record IpAddressBlocks(List<Family> families, boolean canonical) {

    /**
     * The addresses of one family.
     *
     * @param identifier the AFI in two bytes, and perhaps a SAFI in one more
     * @param ranges empty when they are those of the issuer
     */
    public record Family(Bytes identifier, Optional<List<NumberRange>> ranges) {
        public boolean inherits() {
            return ranges.isEmpty();
        }
    }

    /**
     * <pre>
     * IPAddrBlocks    ::= SEQUENCE OF IPAddressFamily
     * IPAddressFamily ::= SEQUENCE { addressFamily OCTET STRING, ipAddressChoice IPAddressChoice }
     * IPAddressChoice ::= CHOICE { inherit NULL, addressesOrRanges SEQUENCE OF IPAddressOrRange }
     * </pre>
     */
    static IpAddressBlocks read(DerReader value) throws DerException {
        DerReader list = value.enter(DerReader.SEQUENCE);
        List<Family> families = new ArrayList<>();
        boolean canonical = true;
        while (!list.atEnd()) {
            DerReader fields = list.enter(DerReader.SEQUENCE);
            byte[] identifier = fields.content(DerReader.OCTET_STRING);
            Bytes before = families.isEmpty()
                    ? null
                    : families.get(families.size() - 1).identifier();
            canonical &= before == null || latin1(before.toByteArray()).compareTo(latin1(identifier)) < 0;
            if (fields.peek() == DerReader.NULL) {
                fields.skip();
                families.add(new Family(Bytes.copyOf(identifier), Optional.empty()));
            } else {
                Ranges ranges = new Ranges(length(identifier));
                ranges.read(fields.enter(DerReader.SEQUENCE));
                canonical &= ranges.canonical();
                families.add(new Family(Bytes.copyOf(identifier), Optional.of(List.copyOf(ranges.found))));
            }
            fields.requireEnd();
        }
        return new IpAddressBlocks(List.copyOf(families), canonical);
    }

    /** A string that is ordered as the bytes are. */
    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** How long the addresses of a family are, in bytes. */
    private static int length(byte[] identifier) {
        int afi = identifier.length < 2 ? 0 : (identifier[0] & 0xff) << 8 | identifier[1] & 0xff;
        return afi == 1 ? 4 : afi == 2 ? 16 : 0;
    }

    /** The family with this identifier. */
    public Optional<Family> family(Bytes identifier) {
        return families.stream()
                .filter(family -> family.identifier().equals(identifier))
                .findFirst();
    }

    /** {@code IPAddressOrRange ::= CHOICE { addressPrefix BIT STRING, addressRange SEQUENCE { min, max BIT STRING } }}. */
    private static final class Ranges {
        private final int length;
        private final List<NumberRange> found = new ArrayList<>();
        private boolean canonical = true;
        private boolean tooLong;

        Ranges(int length) {
            this.length = length;
        }

        void read(DerReader list) throws DerException {
            while (!list.atEnd()) {
                if (list.peek() == DerReader.BIT_STRING) {
                    byte[] prefix = list.content(DerReader.BIT_STRING);
                    NumberRange range = new NumberRange(expand(prefix, false), expand(prefix, true));
                    found.add(tooLong ? NumberRange.UNUSABLE : range);
                } else {
                    DerReader bounds = list.enter(DerReader.SEQUENCE);
                    byte[] first = bounds.content(DerReader.BIT_STRING);
                    byte[] last = bounds.content(DerReader.BIT_STRING);
                    bounds.requireEnd();
                    NumberRange range = new NumberRange(expand(first, false), expand(last, true));
                    canonical &= !tooLong && !isPrefix(range);
                    found.add(range);
                }
            }
        }

        /** To OpenSSL's {@code X509v3_addr_is_canonical} a prefix that is too long is one when it stands alone. */
        boolean canonical() {
            return canonical && (tooLong ? found.size() == 1 : NumberRange.canonical(found));
        }

        /** The address that begins with these bits, the others being all {@code ones} or all zeros. */
        private BigInteger expand(byte[] bits, boolean ones) throws DerException {
            BitString.flags(bits);
            if (bits.length - 1 > length) {
                tooLong = true;
                return BigInteger.ZERO;
            }
            byte[] address = new byte[length];
            Arrays.fill(address, (byte) (ones ? 0xff : 0));
            System.arraycopy(bits, 1, address, 0, bits.length - 1);
            if (bits.length > 1) {
                int free = (1 << bits[0]) - 1;
                int last = bits.length - 2;
                address[last] = (byte) (ones ? address[last] | free : address[last] & ~free);
            }
            return new BigInteger(1, address);
        }

        /** Section 2.2.3.7: what a prefix can say is not said by a range. */
        private static boolean isPrefix(NumberRange range) {
            BigInteger size = range.last().subtract(range.first()).add(BigInteger.ONE);
            return size.bitCount() == 1 && range.first().mod(size).signum() == 0;
        }
    }
}
