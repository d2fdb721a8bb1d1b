package io.omnitls.bcfips;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JceTlsSecret;

/**
 * A secret of the key schedule that tells the connection at work what its exporters are made from. It derives as the
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
            ExporterSecret master = new ExporterSecret.Tls12(crypto, prfAlgorithm, data.clone(), seed.clone());
            BcTlsSeam.connectionAtWork().ifPresent(connection -> connection.exportsFrom(master));
        }
        return of(crypto, super.deriveUsingPRF(prfAlgorithm, label, seed, length));
    }

    /** TLS 1.3: one step of the key schedule makes the exporter secret (RFC 8446 section 7.1). */
    @Override
    public synchronized TlsSecret hkdfExpand(int hash, byte[] info, int length) {
        byte[] derived = super.hkdfExpand(hash, info, length).extract();
        if (labelOf(info).equals("tls13 exp master")) {
            ExporterSecret exporter = new ExporterSecret.Tls13(crypto, hash, derived.clone());
            BcTlsSeam.connectionAtWork().ifPresent(connection -> connection.exportsFrom(exporter));
        }
        return new ObservedSecret(crypto, derived);
    }

    @Override
    public synchronized TlsSecret hkdfExtract(int hash, TlsSecret input) {
        return of(crypto, super.hkdfExtract(hash, input));
    }

    /** {@code struct { uint16 length; opaque label<7..255>; opaque context<0..255>; } HkdfLabel}. */
    private static String labelOf(byte[] info) {
        int length = info.length > 2 ? info[2] & 0xff : 0;
        return length + 3 > info.length ? "" : new String(info, 3, length, StandardCharsets.US_ASCII);
    }
}
