package io.omnitls.cert;

import io.omnitls.internal.x509.Name;
import io.omnitls.spi.CryptoServices;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The names that {@code openssl rehash} gives to files: {@code X509_NAME_hash} and {@code X509_NAME_hash_old}. */
final class SubjectHash {
    private SubjectHash() {}

    /** The hashes of {@code name}, today's first; the old one is left out where the backend has no MD5. */
    static List<String> of(Name name, CryptoServices crypto) {
        List<String> hashes = new ArrayList<>(2);
        try {
            hashes.add(hash(crypto.messageDigest("SHA-1"), name.canonical().toByteArray()));
        } catch (NoSuchAlgorithmException unknown) {
            // Then no file has it.
        }
        try {
            hashes.add(hash(crypto.messageDigest("MD5"), name.encoded().toByteArray()));
        } catch (NoSuchAlgorithmException approvedMode) {
            // OpenSSL in FIPS mode does without it too.
        }
        return hashes;
    }

    /** The first four bytes of the digest, the last of them first. */
    private static String hash(MessageDigest digest, byte[] name) {
        byte[] bytes = digest.digest(name);
        int value = (bytes[3] & 0xff) << 24 | (bytes[2] & 0xff) << 16 | (bytes[1] & 0xff) << 8 | bytes[0] & 0xff;
        return String.format(Locale.ROOT, "%08x", value);
    }
}
