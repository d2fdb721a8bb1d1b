package io.omnitls.protocol;

import java.util.Objects;
import java.util.Optional;

/**
 * A version of the protocol, oldest first, so that {@link #compareTo} orders versions by age.
 *
 * <p>SSL 3.0 is here to be named in errors and in a peer's ClientHello; no provider negotiates it (RFC 7568).
 */
public enum TlsVersion {
    /** SSL 3.0, prohibited by RFC 7568. */
    SSL_3_0(0x0300, "SSLv3"),
    /** TLS 1.0 (RFC 2246), deprecated by RFC 8996. */
    TLS_1_0(0x0301, "TLSv1"),
    /** TLS 1.1 (RFC 4346), deprecated by RFC 8996. */
    TLS_1_1(0x0302, "TLSv1.1"),
    /** TLS 1.2 (RFC 5246). */
    TLS_1_2(0x0303, "TLSv1.2"),
    /** TLS 1.3 (RFC 8446). */
    TLS_1_3(0x0304, "TLSv1.3");

    private final int wireVersion;
    private final String protocolName;

    TlsVersion(int wireVersion, String protocolName) {
        this.wireVersion = wireVersion;
        this.protocolName = protocolName;
    }

    /** The two-byte {@code ProtocolVersion} of the wire, for instance 0x0303 for TLS 1.2. */
    public int wireVersion() {
        return wireVersion;
    }

    /** The name that OpenSSL, Python and JSSE share, for instance {@code TLSv1.2}. */
    public String protocolName() {
        return protocolName;
    }

    /** Whether this version is at least {@code other}. */
    public boolean atLeast(TlsVersion other) {
        Objects.requireNonNull(other, "other");
        return compareTo(other) >= 0;
    }

    /** The version with this {@code ProtocolVersion}, or empty for one that this library does not know. */
    public static Optional<TlsVersion> ofWire(int wireVersion) {
        for (TlsVersion version : values()) {
            if (version.wireVersion == wireVersion) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /**
     * The version with this {@linkplain #protocolName protocol name}; {@code 1.2}, {@code TLS1.2} and {@code TLSv1_2}
     * are understood too, in any case.
     *
     * @throws IllegalArgumentException when no version has that name
     */
    public static TlsVersion of(String name) {
        Objects.requireNonNull(name, "name");
        for (TlsVersion version : values()) {
            if (version.protocolName.equals(name)) { // as backends say it, once for each handshake
                return version;
            }
        }
        String digits =
                name.toUpperCase(java.util.Locale.ROOT).replace('_', '.').replaceFirst("^(TLSV?|SSLV)", "");
        return switch (digits) {
            case "3", "3.0" -> SSL_3_0;
            case "1", "1.0" -> TLS_1_0;
            case "1.1" -> TLS_1_1;
            case "1.2" -> TLS_1_2;
            case "1.3" -> TLS_1_3;
            default ->
                throw new IllegalArgumentException(
                        "unknown TLS version '" + name + "', expected one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3");
        };
    }

    /** The {@linkplain #protocolName protocol name}. */
    @Override
    public String toString() {
        return protocolName;
    }
}
