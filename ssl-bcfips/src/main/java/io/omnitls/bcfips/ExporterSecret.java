package io.omnitls.bcfips;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsHash;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JceTlsSecret;

/** What keying material is exported from: the backend itself exports only while it completes the handshake. */
sealed interface ExporterSecret {
    byte[] export(String label, Optional<byte[]> context, int length) throws IOException;

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
        public byte[] export(String label, Optional<byte[]> context, int length) {
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            seed.write(serverThenClientRandom, RANDOM, RANDOM);
            seed.write(serverThenClientRandom, 0, RANDOM);
            context.ifPresent(bytes -> {
                seed.write(bytes.length >> 8);
                seed.write(bytes.length);
                seed.writeBytes(bytes);
            });
            return new JceTlsSecret(crypto, master.clone())
                    .deriveUsingPRF(prf, label, seed.toByteArray(), length)
                    .extract();
        }

        @Override
        public void wipe() {
            Arrays.fill(master, (byte) 0);
        }
    }

    /** RFC 8446 section 7.5. */
    final class Tls13 implements ExporterSecret {
        private final JcaTlsCrypto crypto;
        private final int hash;
        private final byte[] secret;

        Tls13(JcaTlsCrypto crypto, int hash, byte[] secret) {
            this.crypto = crypto;
            this.hash = hash;
            this.secret = secret;
        }

        @Override
        public byte[] export(String label, Optional<byte[]> context, int length) throws IOException {
            byte[] nothing = digest(new byte[0]);
            TlsSecret derived = TlsCryptoUtils.hkdfExpandLabel(
                    new JceTlsSecret(crypto, secret.clone()), hash, label, nothing, nothing.length);
            return TlsCryptoUtils.hkdfExpandLabel(
                            derived, hash, "exporter", digest(context.orElse(new byte[0])), length)
                    .extract();
        }

        private byte[] digest(byte[] content) {
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
