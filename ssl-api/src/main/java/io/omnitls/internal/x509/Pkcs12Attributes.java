package io.omnitls.internal.x509;

import java.util.Base64;
import java.util.Optional;

/**
 * What a PKCS#12 bag says of its content.
 *
 * @param localId the localKeyId of PKCS#9, in Base64: a private key and its certificate have the same
 * @param trusted whether the JDK has marked a certificate as one to trust
 */
record Pkcs12Attributes(Optional<String> localId, boolean trusted) {
    private static final String LOCAL_KEY_ID = "1.2.840.113549.1.9.21";

    /** Oracle's trustedKeyUsage; its value is the usage, which is always any. */
    private static final String TRUSTED_KEY_USAGE = "2.16.840.1.113894.746875.1.1";

    /**
     * <pre>
     * bagAttributes   ::= SET OF PKCS12Attribute OPTIONAL
     * PKCS12Attribute ::= SEQUENCE { attrId OBJECT IDENTIFIER, attrValues SET OF ANY }
     * </pre>
     */
    static Pkcs12Attributes read(DerReader bag) throws DerException {
        Optional<String> localId = Optional.empty();
        boolean trusted = false;
        Optional<DerReader> attributes = bag.enterIf(DerReader.SET);
        while (attributes.isPresent() && !attributes.get().atEnd()) {
            DerReader attribute = attributes.get().enter(DerReader.SEQUENCE);
            String id = attribute.oid();
            DerReader values = attribute.enter(DerReader.SET);
            if (id.equals(LOCAL_KEY_ID)) {
                localId = Optional.of(Base64.getEncoder().encodeToString(values.content(DerReader.OCTET_STRING)));
            }
            trusted |= id.equals(TRUSTED_KEY_USAGE);
        }
        return new Pkcs12Attributes(localId, trusted);
    }
}
