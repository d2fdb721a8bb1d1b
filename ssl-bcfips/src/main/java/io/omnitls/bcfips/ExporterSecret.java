package io.omnitls.bcfips;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.HkdfLabel;
import io.omnitls.spi.KeyingMaterialSpec;
import java.io.IOException;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsHash;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JceTlsSecret;

/** What keying material is exported from: the backend itself exports only while it completes the handshake. */
sealed interface ExporterSecret {
    byte[] export(KeyingMaterialSpec wanted) throws SSLException;

    void wipe();

    /** RFC 5705 section 4. */
    final class Tls12 implements ExporterSecret {
        private static final int RANDOM = 32;

        private final JcaTlsCrypto crypto;
        private final int prf;
        private final byte[] master;
        private final byte[] serverThenClientRandom;

        Tls12(JcaTlsCrypto crypto, int prf, byte[] master, byte[] serverThenClientRandom) {
            this.crypto = crypto;
            this.prf = prf;
            this.master = master;
            this.serverThenClientRandom = serverThenClientRandom;
        }

        @Override
        public byte[] export(KeyingMaterialSpec wanted) {
            byte[] seed = wanted.seed(
                    Bytes.copyOf(serverThenClientRandom, RANDOM, 2 * RANDOM),
                    Bytes.copyOf(serverThenClientRandom, 0, RANDOM));
            return new JceTlsSecret(crypto, master.clone())
                    .deriveUsingPRF(prf, wanted.label(), seed, wanted.length())
                    .extract();
        }

        @Override
        public void wipe() {
            Arrays.fill(master, (byte) 0);
        }
    }

    /** RFC 8446 section 7.5. */
    final class Tls13 implements ExporterSecret, KeyingMaterialSpec.Hkdf {
        private final JcaTlsCrypto crypto;
        private final int hash;
        private final byte[] secret;

        Tls13(JcaTlsCrypto crypto, int hash, byte[] secret) {
            this.crypto = crypto;
            this.hash = hash;
            this.secret = secret;
        }

        @Override
        public byte[] export(KeyingMaterialSpec wanted) throws SSLException {
            return wanted.expandedFrom(secret, this);
        }

        @Override
        public byte[] expand(byte[] from, HkdfLabel info) throws SSLException {
            try {
                return TlsCryptoUtils.hkdfExpandLabel(
                                new JceTlsSecret(crypto, from.clone()),
                                hash,
                                info.label(),
                                info.context().toByteArray(),
                                info.length())
                        .extract();
            } catch (IOException e) {
                throw new SSLException("the export failed: " + EngineFailure.text(e), e);
            }
        }

        @Override
        public byte[] hash(byte[] content) {
            TlsHash digest = crypto.createHash(hash);
            digest.update(content, 0, content.length);
            return digest.calculateHash();
        }

        @Override
        public void wipe() {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
