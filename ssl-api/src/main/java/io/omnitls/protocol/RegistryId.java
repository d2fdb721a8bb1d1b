package io.omnitls.protocol;

/** The two bytes that most IANA registries of TLS number their entries with. */
final class RegistryId {
    private RegistryId() {}

    /** Four lower-case hexadecimal digits. */
    static String hex(int id) {
        return Integer.toHexString(1 << 16 | id).substring(1);
    }

    /**
     * What an entry is called that is not listed here. A hostile ClientHello holds thousands of them, and
     * {@code String.format} would take ten times as long.
     */
    static String unknown(int id) {
        return "unknown(0x" + hex(id) + ")";
    }
}
