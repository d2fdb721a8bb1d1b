package io.omnitls.internal.x509;

import java.util.ArrayList;
import java.util.List;

/**
 * Where something about the issuer can be had (RFC 5280 section 4.2.2.1).
 *
 * @param method what it is, as an object identifier
 */
public record AccessDescription(String method, GeneralNameView location) {
    public static final String OCSP = "1.3.6.1.5.5.7.48.1";
    public static final String CA_ISSUERS = "1.3.6.1.5.5.7.48.2";

    /** {@code AuthorityInfoAccessSyntax ::= SEQUENCE OF SEQUENCE { accessMethod OID, accessLocation GeneralName }}. */
    static List<AccessDescription> read(DerReader value) throws DerException {
        DerReader list = value.enter(DerReader.SEQUENCE);
        List<AccessDescription> descriptions = new ArrayList<>();
        while (!list.atEnd()) {
            DerReader fields = list.enter(DerReader.SEQUENCE);
            descriptions.add(new AccessDescription(fields.oid(), GeneralNameView.read(fields)));
            fields.requireEnd();
        }
        return List.copyOf(descriptions);
    }

    /** Those of a certificate; none when its authorityInfoAccess is malformed: no verdict of OpenSSL's hangs on it. */
    public static List<AccessDescription> readAll(CertificateExtensions extensions) {
        try {
            return Extension.decode(extensions.all(), Extension.AUTHORITY_INFO_ACCESS, AccessDescription::read)
                    .orElse(List.of());
        } catch (DerException malformed) {
            return List.of();
        }
    }
}
