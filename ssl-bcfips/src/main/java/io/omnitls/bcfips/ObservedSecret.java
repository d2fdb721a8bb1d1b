package io.omnitls.bcfips;

import io.omnitls.spi.HkdfLabel;
import io.omnitls.spi.SecretLabel;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JceTlsSecret;

/**
 * A secret of the key schedule that tells the connection at work what passes by. It derives as the
 * backend's own does, inside of the module.
 */
final class ObservedSecret extends JceTlsSecret {

    private ObservedSecret(JcaTlsCrypto crypto, byte[] data) {
        super(crypto, data);
    }

    /** The same secret, observed; {@code secret} is used up. */
    static TlsSecret of(JcaTlsCrypto crypto, TlsSecret secret) {
        return secret instanceof ObservedSecret ? secret : new ObservedSecret(crypto, secret.extract());
    }

    /** TLS 1.2: the keys of the records come from the master secret, and so do exporters (RFC 5705). */
    @Override
    public synchronized TlsSecret deriveUsingPRF(int prfAlgorithm, String label, byte[] seed, int length) {
        if (label.equals("key expansion")) {
            BcTlsSeam.connectionAtWork().ifPresent(connection -> {
                connection.derived(SecretLabel.CLIENT_RANDOM, data);
                connection.exportsFrom(
                        () -> new ExporterSecret.Tls12(crypto, prfAlgorithm, data.clone(), seed.clone()));
            });
        }
        return of(crypto, super.deriveUsingPRF(prfAlgorithm, label, seed, length));
    }

    /** TLS 1.3: one step of the key schedule (RFC 8446 section 7.1), which one its label tells. */
    @Override
    public synchronized TlsSecret hkdfExpand(int hash, byte[] info, int length) {
        byte[] derived = super.hkdfExpand(hash, info, length).extract();
        BcTlsSeam.connectionAtWork()
                .ifPresent(connection -> HkdfLabel.parse(info)
                        .flatMap(SecretLabel::of)
                        .ifPresent(label -> tell(connection, label, hash, derived)));
        return new ObservedSecret(crypto, derived);
    }

    @Override
    public synchronized TlsSecret hkdfExtract(int hash, TlsSecret input) {
        return of(crypto, super.hkdfExtract(hash, input));
    }

    private void tell(ConnectionFacts connection, SecretLabel label, int hash, byte[] secret) {
        connection.derived(label, secret);
        if (label == SecretLabel.EXPORTER_SECRET) {
            connection.exportsFrom(() -> new ExporterSecret.Tls13(crypto, hash, secret.clone()));
        }
    }
}
