package io.omnitls.forge;

import java.nio.charset.StandardCharsets;
import javax.security.auth.x500.X500Principal;

/** Distinguished names, and the GeneralNames that hold one. */
public final class Names {
    public static final String COMMON_NAME = "2.5.4.3";
    public static final String ORGANIZATION = "2.5.4.10";

    private Names() {}

    /** A name as RFC 2253 writes it: the last part comes first. */
    public static byte[] of(String text) {
        return new X500Principal(text).getEncoded();
    }

    public static byte[] commonName(String value) {
        return name(rdn(attribute(COMMON_NAME, StringType.UTF8.encode(value))));
    }

    public static byte[] name(byte[]... rdns) {
        return Der.sequence(rdns);
    }

    public static byte[] rdn(byte[]... attributes) {
        return Der.set(attributes);
    }

    /** @param value a whole element, of whatever type */
    public static byte[] attribute(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), value);
    }

    /** The GeneralName {@code directoryName}. */
    public static byte[] directoryName(byte[] name) {
        return Der.context(4, name);
    }

    /** The GeneralName {@code dNSName}. */
    public static byte[] dnsName(String name) {
        return Der.primitive(2, name.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * The GeneralName {@code iPAddress}.
     *
     * @param address 4 or 16 bytes
     */
    public static byte[] ipAddress(byte[] address) {
        return Der.primitive(7, address);
    }

    /** The GeneralName {@code uniformResourceIdentifier}. */
    public static byte[] uri(String uri) {
        return Der.primitive(6, uri.getBytes(StandardCharsets.US_ASCII));
    }
}
