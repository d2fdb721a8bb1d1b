package io.omnitls.jsse;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.HkdfLabel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What keying material is exported from. SunJSSE has an exporter since JDK 25 only. */
sealed interface ExporterSecret {
    byte[] export(String label, Optional<byte[]> context, int length);

    void wipe();

    /** RFC 5705 section 4. */
    final class Tls12 implements ExporterSecret {
        private final String hmac;
        private final byte[] master;
        private final Bytes randoms;

        /** @param randoms the client's, then the server's */
        Tls12(String hmac, byte[] master, Bytes randoms) {
            this.hmac = hmac;
            this.master = master;
            this.randoms = randoms;
        }

        @Override
        public byte[] export(String label, Optional<byte[]> context, int length) {
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            seed.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
            seed.writeBytes(randoms.toByteArray());
            context.ifPresent(bytes -> {
                seed.write(bytes.length >> 8);
                seed.write(bytes.length);
                seed.writeBytes(bytes);
            });
            return prf(seed.toByteArray(), length);
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
    final class Tls13 implements ExporterSecret {
        private final String hmac;
        private final byte[] secret;

        Tls13(String hmac, byte[] secret) {
            this.hmac = hmac;
            this.secret = secret;
        }

        @Override
        public byte[] export(String label, Optional<byte[]> context, int length) {
            byte[] nothing = digest(new byte[0]);
            byte[] derived = expand(hmac, secret, label, Bytes.copyOf(nothing), nothing.length);
            try {
                return expand(hmac, derived, "exporter", Bytes.copyOf(digest(context.orElse(new byte[0]))), length);
            } finally {
                Arrays.fill(derived, (byte) 0);
            }
        }

        /** {@code HKDF-Expand-Label(Secret, Label, Context, Length)} of RFC 8446 section 7.1. */
        static byte[] expand(String hmac, byte[] secret, String label, Bytes context, int length) {
            byte[] info = new HkdfLabel(length, label, context).encoded();
            Mac mac = keyed(hmac, secret);
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            byte[] block = {};
            for (int i = 1; output.size() < length; i++) {
                mac.update(block);
                mac.update(info);
                block = mac.doFinal(new byte[] {(byte) i});
                output.writeBytes(block);
            }
            return Arrays.copyOf(output.toByteArray(), length);
        }

        private byte[] digest(byte[] content) {
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
