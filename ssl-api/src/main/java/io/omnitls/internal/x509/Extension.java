package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One extension of a certificate, a CRL or a CRL's entry, undecoded (RFC 5280 section 4.2).
 *
 * @param oid which one, with dots
 * @param value the content of its OCTET STRING
 */
public record Extension(String oid, boolean critical, Bytes value) {
    public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    public static final String KEY_USAGE = "2.5.29.15";
    public static final String SUBJECT_ALT_NAME = "2.5.29.17";
    public static final String ISSUER_ALT_NAME = "2.5.29.18";
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    public static final String CRL_NUMBER = "2.5.29.20";
    public static final String REASON_CODE = "2.5.29.21";
    public static final String DELTA_CRL_INDICATOR = "2.5.29.27";
    public static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    public static final String CERTIFICATE_ISSUER = "2.5.29.29";
    public static final String NAME_CONSTRAINTS = "2.5.29.30";
    public static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    public static final String FRESHEST_CRL = "2.5.29.46";
    public static final String CERTIFICATE_POLICIES = "2.5.29.32";
    public static final String POLICY_MAPPINGS = "2.5.29.33";
    public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    public static final String POLICY_CONSTRAINTS = "2.5.29.36";
    public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    public static final String INHIBIT_ANY_POLICY = "2.5.29.54";
    public static final String AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
    public static final String SUBJECT_INFO_ACCESS = "1.3.6.1.5.5.7.1.11";
    public static final String IP_ADDRESS_BLOCKS = "1.3.6.1.5.5.7.1.7";
    public static final String AS_IDENTIFIERS = "1.3.6.1.5.5.7.1.8";
    public static final String PROXY_CERT_INFO = "1.3.6.1.5.5.7.1.14";
    public static final String OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    public static final String NETSCAPE_CERT_TYPE = "2.16.840.1.113730.1.1";

    /**
     * <pre>
     * Extensions ::= SEQUENCE OF Extension
     * Extension  ::= SEQUENCE {
     *     extnID    OBJECT IDENTIFIER,
     *     critical  BOOLEAN DEFAULT FALSE,
     *     extnValue OCTET STRING }
     * </pre>
     */
    static List<Extension> readAll(DerReader list) throws DerException {
        List<Extension> extensions = new ArrayList<>();
        while (!list.atEnd()) {
            DerReader fields = list.enter(DerReader.SEQUENCE);
            String oid = fields.oid();
            boolean critical = fields.peek() == DerReader.BOOLEAN && fields.bool();
            extensions.add(new Extension(oid, critical, Bytes.copyOf(fields.content(DerReader.OCTET_STRING))));
            fields.requireEnd();
        }
        return List.copyOf(extensions);
    }

    /** Reads what {@code extnValue} holds. */
    interface Decoder<T> {
        T decode(DerReader value) throws DerException;
    }

    /**
     * What {@code decoder} makes of the extension {@code oid}; empty when there is none.
     *
     * @throws DerException when it is malformed, or there are two of it (RFC 5280 section 4.2)
     */
    static <T> Optional<T> decode(List<Extension> extensions, String oid, Decoder<T> decoder) throws DerException {
        Extension found = null;
        for (Extension extension : extensions) {
            if (extension.oid().equals(oid)) {
                if (found != null) {
                    throw new DerException("there are two of it");
                }
                found = extension;
            }
        }
        // OpenSSL's X509V3_EXT_d2i does not look at what follows the value, so neither does this.
        return found == null
                ? Optional.empty()
                : Optional.of(decoder.decode(DerReader.of(found.value().toByteArray())));
    }
}
