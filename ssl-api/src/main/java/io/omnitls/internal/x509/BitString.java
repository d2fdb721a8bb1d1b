package io.omnitls.internal.x509;

/** The content of a BIT STRING of named bits: how many bits of the last byte do not count, then the bits. */
final class BitString {
    private BitString() {}

    /**
     * The first sixteen bits as OpenSSL keeps them, the first byte below the second and bit 0 of the standard highest in
     * its byte.
     */
    static int flags(byte[] content) throws DerException {
        require(content);
        int flags = content.length > 1 ? masked(content, 1) : 0;
        return content.length > 2 ? flags | masked(content, 2) << 8 : flags;
    }

    /** {@code c2i_ASN1_BIT_STRING} clears the bits that do not count. */
    private static int masked(byte[] content, int index) {
        int bits = content[index] & 0xff;
        return index == content.length - 1 ? bits & 0xff << content[0] : bits;
    }

    private static void require(byte[] content) throws DerException {
        if (content.length == 0 || content[0] < 0 || content[0] > 7) {
            throw new DerException("a BIT STRING without a count of unused bits from 0 to 7");
        }
    }
}
