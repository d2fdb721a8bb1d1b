package io.omnitls.cert;

import java.util.Objects;

/**
 * The identifier of an object and OpenSSL's names for it: of a key purpose, the type of an attribute of a name, an
 * algorithm, an extension. Python's {@code ssl._ASN1Object}; {@link ObjectIdentifiers} finds it.
 *
 * @param nid OpenSSL's number for it
 * @param oid the object identifier with dots, for instance {@code 1.3.6.1.5.5.7.3.1}
 * @param shortName for instance {@code serverAuth}
 * @param longName for instance {@code TLS Web Server Authentication}
 */
public record ObjectIdentifier(int nid, String oid, String shortName, String longName) {
    public ObjectIdentifier {
        Objects.requireNonNull(oid, "oid");
        Objects.requireNonNull(shortName, "shortName");
        Objects.requireNonNull(longName, "longName");
    }
}
