package io.omnitls.internal.verify;

import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import java.security.cert.X509Extension;
import java.util.Optional;

/** The object identifiers of the extensions that count here (RFC 5280 section 4.2), and their values. */
final class Extension {
    static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    static final String KEY_USAGE = "2.5.29.15";
    static final String SUBJECT_ALT_NAME = "2.5.29.17";
    static final String BASIC_CONSTRAINTS = "2.5.29.19";
    static final String NAME_CONSTRAINTS = "2.5.29.30";
    static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    static final String PROXY_CERT_INFO = "1.3.6.1.5.5.7.1.14";

    private Extension() {}

    static boolean present(X509Extension extended, String oid) {
        return extended.getExtensionValue(oid) != null;
    }

    /** A reader over the value, or empty when the extension is absent. */
    static Optional<DerReader> value(X509Extension extended, String oid) throws DerException {
        byte[] wrapped = extended.getExtensionValue(oid);
        return wrapped == null
                ? Optional.empty()
                : Optional.of(DerReader.of(DerReader.of(wrapped).content(DerReader.OCTET_STRING)));
    }
}
