package io.omnitls.internal.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of a {@code TRUSTED CERTIFICATE} block: a certificate, and what it is trusted and not trusted for
 * (OpenSSL's {@code X509_CERT_AUX}).
 *
 * @param trusted object identifiers of purposes; empty when nothing is said
 * @param rejected the same
 */
public record TrustedBlock(CertificateView certificate, Optional<List<String>> trusted, List<String> rejected) {

    /**
     * <pre>
     * CertAux ::= SEQUENCE {
     *     trust   SEQUENCE OF OBJECT IDENTIFIER OPTIONAL,
     *     reject  [0] SEQUENCE OF OBJECT IDENTIFIER OPTIONAL,
     *     alias   UTF8String OPTIONAL,
     *     keyid   OCTET STRING OPTIONAL,
     *     other   [1] SEQUENCE OF AlgorithmIdentifier OPTIONAL }
     * </pre>
     *
     * @throws DerException when the certificate or what follows it is malformed
     */
    public static TrustedBlock parse(byte[] der) throws DerException {
        DerReader reader = DerReader.of(der);
        CertificateView certificate = CertificateView.read(reader);
        if (reader.atEnd()) {
            return new TrustedBlock(certificate, Optional.empty(), List.of());
        }
        DerReader fields = reader.enter(DerReader.SEQUENCE);
        Optional<DerReader> trusted = fields.enterIf(DerReader.SEQUENCE);
        Optional<DerReader> rejected = fields.enterIf(DerReader.context(0));
        fields.enterIf(Attribute.UTF8_STRING);
        fields.enterIf(DerReader.OCTET_STRING);
        fields.enterIf(DerReader.context(1));
        fields.requireEnd();
        return new TrustedBlock(
                certificate,
                trusted.isPresent() ? Optional.of(oids(trusted.get())) : Optional.empty(),
                rejected.isPresent() ? oids(rejected.get()) : List.of());
    }

    private static List<String> oids(DerReader list) throws DerException {
        List<String> oids = new ArrayList<>();
        while (!list.atEnd()) {
            oids.add(list.oid());
        }
        return List.copyOf(oids);
    }
}
