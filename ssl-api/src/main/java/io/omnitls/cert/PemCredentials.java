package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.DecodedKey;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.PemBlock;
import io.omnitls.internal.x509.PrivateKeyDecoder;
import io.omnitls.spi.CryptoServices;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

/** Identities in PEM. */
final class PemCredentials {
    private PemCredentials() {}

    static CertifiedKey load(
            SourceFile chainSource, SourceFile keySource, PasswordSource password, CryptoServices crypto)
            throws TlsException {
        try {
            // The key first: it tells better what is wrong than a backend that reads no certificate of its kind.
            DecodedKey key = privateKey(keySource, password, crypto);
            List<X509Certificate> chain =
                    NamedCertificates.require(Pem.certificates(chainSource, crypto), chainSource.name());
            return KeyMatch.require(key, chain, crypto, keySource.name());
        } finally {
            keySource.wipe();
        }
    }

    private static DecodedKey privateKey(SourceFile source, PasswordSource password, CryptoServices crypto)
            throws TlsException {
        List<PemBlock> blocks = source.blocks();
        try {
            PemBlock key = blocks.stream()
                    .filter(PemBlock::privateKey)
                    .findFirst()
                    .orElseThrow(() -> new TlsException(
                            ErrorReason.NO_START_LINE,
                            source.name() + ": no private key found, expected a PRIVATE KEY block, found: "
                                    + labels(blocks)));
            return new PrivateKeyDecoder(crypto, password::password, source.name()).decode(key);
        } finally {
            blocks.forEach(PemBlock::wipe);
        }
    }

    private static String labels(List<PemBlock> blocks) {
        return blocks.isEmpty()
                ? "no PEM block"
                : Excerpt.of(blocks.stream().map(PemBlock::label).collect(Collectors.joining(", ")));
    }

    /** The source of those who gave none. */
    static char[] noPassword() throws TlsException {
        throw new TlsException(
                ErrorReason.BAD_PASSWORD_READ, "the private key is encrypted, but no password was given");
    }
}
