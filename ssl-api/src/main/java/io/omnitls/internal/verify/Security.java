package io.omnitls.internal.verify;

import io.omnitls.internal.x509.PssDigest;
import io.omnitls.internal.x509.PublicKeys;
import java.security.cert.X509Certificate;
import java.util.Locale;

/** The bits of security of a certificate's key and of its signature, as OpenSSL counts them. */
final class Security {
    private Security() {}

    static int ofKey(X509Certificate certificate) {
        return PublicKeys.securityBits(certificate.getPublicKey());
    }

    /** {@code X509_get_signature_info}: half the digest's size, less where collisions are known. */
    static int ofSignature(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT).replace("-", "");
        if (algorithm.equals("ED448")) {
            return 224;
        }
        if (algorithm.startsWith("ED")) {
            return 128;
        }
        if (algorithm.equals("RSASSAPSS")) {
            return PssDigest.of(certificate)
                    .map(digest -> ofDigest(digest.toUpperCase(Locale.ROOT).replace("-", "")))
                    .orElse(0);
        }
        return ofDigest(algorithm);
    }

    private static int ofDigest(String name) {
        if (name.startsWith("SHA512") || name.startsWith("SHA3512")) {
            return 256;
        }
        if (name.startsWith("SHA384") || name.startsWith("SHA3384")) {
            return 192;
        }
        if (name.startsWith("SHA256") || name.startsWith("SHA3256")) {
            return 128;
        }
        if (name.startsWith("SHA224") || name.startsWith("SHA3224")) {
            return 112;
        }
        if (name.startsWith("SHA1")) {
            return 63;
        }
        return name.startsWith("MD5") ? 39 : 0;
    }
}
