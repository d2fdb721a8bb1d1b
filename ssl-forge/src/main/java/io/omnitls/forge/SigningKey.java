package io.omnitls.forge;

import java.util.List;

/**
 * A key that certificates are made for and signed with.
 *
 * @param kind for messages, for instance {@code P-256}
 * @param publicKey the SubjectPublicKeyInfo
 * @param identifier four bytes that tell it from other keys: its subject key identifier
 * @param schemes how it can sign, the usual way first; of a key that cannot, none
 */
@SuppressWarnings("ArrayRecordComponent") // a record of what to write: nobody compares it
public record SigningKey(String kind, byte[] publicKey, byte[] identifier, List<Scheme> schemes) {
    public SigningKey {
        schemes = List.copyOf(schemes);
    }

    /** How it usually signs. */
    public Scheme scheme() {
        return schemes.get(0);
    }

    @Override
    public String toString() {
        return kind;
    }
}
