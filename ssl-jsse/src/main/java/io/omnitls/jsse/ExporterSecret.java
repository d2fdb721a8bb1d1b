package io.omnitls.jsse;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.HkdfLabel;
import io.omnitls.spi.KeyingMaterialSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;

/** What keying material is exported from. SunJSSE has an exporter since JDK 25 only. */
sealed interface ExporterSecret {
    byte[] export(KeyingMaterialSpec wanted) throws SSLException;

    void wipe();

    /** RFC 5705 section 4. */
    final class Tls12 implements ExporterSecret {
        private final String hmac;
        private final byte[] master;
        private final Bytes clientRandom;
        private final Bytes serverRandom;

        /** @param randoms the client's, then the server's */
        Tls12(String hmac, byte[] master, Bytes randoms) {
            this.hmac = hmac;
            this.master = master;
            byte[] both = randoms.toByteArray();
            this.clientRandom = Bytes.copyOf(both, 0, both.length / 2);
            this.serverRandom = Bytes.copyOf(both, both.length / 2, both.length);
        }

        @Override
        public byte[] export(KeyingMaterialSpec wanted) {
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            seed.writeBytes(wanted.label().getBytes(StandardCharsets.US_ASCII));
            seed.writeBytes(wanted.seed(clientRandom, serverRandom));
            return prf(seed.toByteArray(), wanted.length());
        }

        /** RFC 5246 section 5: {@code P_hash(secret, seed)}. */
        private byte[] prf(byte[] seed, int length) {
            Mac mac = keyed(hmac, master);
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            byte[] a = seed;
            while (output.size() < length) {
                a = mac.doFinal(a);
                mac.update(a);
                output.writeBytes(mac.doFinal(seed));
            }
            return Arrays.copyOf(output.toByteArray(), length);
        }

        @Override
        public void wipe() {
            Arrays.fill(master, (byte) 0);
        }
    }

    /** RFC 8446 section 7.5. */
    final class Tls13 implements ExporterSecret, KeyingMaterialSpec.Hkdf {
        private final String hmac;
        private final byte[] secret;

        Tls13(String hmac, byte[] secret) {
            this.hmac = hmac;
            this.secret = secret;
        }

        @Override
        public byte[] export(KeyingMaterialSpec wanted) throws SSLException {
            return wanted.expandedFrom(secret, this);
        }

        @Override
        public byte[] expand(byte[] from, HkdfLabel info) {
            return expand(hmac, from, info);
        }

        /** {@code HKDF-Expand-Label(Secret, Label, Context, Length)} of RFC 8446 section 7.1. */
        static byte[] expand(String hmac, byte[] secret, HkdfLabel label) {
            byte[] info = label.encoded();
            Mac mac = keyed(hmac, secret);
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            byte[] block = {};
            for (int i = 1; output.size() < label.length(); i++) {
                mac.update(block);
                mac.update(info);
                block = mac.doFinal(new byte[] {(byte) i});
                output.writeBytes(block);
            }
            return Arrays.copyOf(output.toByteArray(), label.length());
        }

        @Override
        public byte[] hash(byte[] content) {
            try {
                return MessageDigest.getInstance(hmac.replace("HmacSHA", "SHA-"))
                        .digest(content);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void wipe() {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static Mac keyed(String hmac, byte[] key) {
        try {
            Mac mac = JceObserver.mac(hmac);
            mac.init(new SecretKeySpec(key, hmac));
            return mac;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
