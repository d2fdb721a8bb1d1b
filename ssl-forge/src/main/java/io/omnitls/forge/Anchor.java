package io.omnitls.forge;

import java.util.List;
import java.util.Optional;

/**
 * A certificate to trust, in PEM.
 *
 * @param auxiliary what OpenSSL's {@code TRUSTED CERTIFICATE} adds: X509_CERT_AUX
 */
@SuppressWarnings("ArrayRecordComponent") // a record of what to write: nobody compares it
public record Anchor(byte[] der, Optional<byte[]> auxiliary) {

    /**
     * What the certificate is trusted for.
     *
     * @param trusted purposes, or nothing for a list that is left out
     * @param rejected purposes, or nothing for a list that is left out
     */
    public static byte[] auxiliary(Optional<List<String>> trusted, Optional<List<String>> rejected, byte[]... others) {
        byte[] absent = {};
        return Der.sequence(
                trusted.map(list -> Der.sequence(oids(list))).orElse(absent),
                rejected.map(list -> Der.context(0, oids(list))).orElse(absent),
                Der.concat(others));
    }

    private static byte[] oids(List<String> oids) {
        return Der.concat(oids.stream().map(Der::oid).toArray(byte[][]::new));
    }

    public String pem() {
        return auxiliary
                .map(more -> PemText.of("TRUSTED CERTIFICATE", Der.concat(der, more)))
                .orElseGet(() -> PemText.of("CERTIFICATE", der));
    }
}
