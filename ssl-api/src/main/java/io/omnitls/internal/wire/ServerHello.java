package io.omnitls.internal.wire;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import java.util.List;
import java.util.Optional;

/**
 * What a server chose: its ServerHello, or the HelloRetryRequest that has the same form (RFC 8446 section 4.1.3).
 *
 * @param legacyVersion the {@code legacy_version} field
 * @param random the server random, 32 bytes
 * @param sessionId the {@code legacy_session_id_echo}, 0 to 32 bytes
 * @param cipherSuite the chosen suite's id in the IANA registry
 * @param compressionMethod the {@code legacy_compression_method}
 * @param answers what it answers to the client's extensions
 */
public record ServerHello(
        int legacyVersion, Bytes random, Bytes sessionId, int cipherSuite, int compressionMethod, Answers answers) {

    /**
     * What the extensions say.
     *
     * @param types the types of all of them, in the order they were sent
     * @param selectedVersion that of supported_versions
     * @param keyShare that of key_share, which there is not before TLS 1.3
     * @param selectedIdentity which of the client's identities pre_shared_key chose: TLS 1.3 resumes that session
     * @param cookie that of a HelloRetryRequest, for the second ClientHello
     */
    record Answers(
            List<Integer> types,
            Optional<Integer> selectedVersion,
            Optional<KeyShare> keyShare,
            Optional<Integer> selectedIdentity,
            Optional<Bytes> cookie) {
        Answers {
            types = List.copyOf(types);
        }
    }

    /** The {@code ProtocolVersion} chosen: that of supported_versions, or legacyVersion without it. */
    public int selectedVersion() {
        return answers.selectedVersion().orElse(legacyVersion);
    }

    /** The types of all extensions, in the order they were sent. */
    public List<Integer> extensions() {
        return answers.types();
    }

    Optional<KeyShare> keyShare() {
        return answers.keyShare();
    }

    Optional<Integer> selectedIdentity() {
        return answers.selectedIdentity();
    }

    Optional<Bytes> cookie() {
        return answers.cookie();
    }

    /** The group of the key exchange, where key_share names it. */
    public Optional<NamedGroup> group() {
        return keyShare().map(KeyShare::group);
    }

    /** Whether pre_shared_key was answered: TLS 1.3 resumes a session. */
    public boolean preSharedKey() {
        return selectedIdentity().isPresent();
    }

    /** Whether extended_master_secret was answered (RFC 7627), as it is on resumption too. */
    public boolean extendedMasterSecret() {
        return extensions().contains(ExtensionType.EXTENDED_MASTER_SECRET);
    }

    /** Whether the version chosen is TLS 1.3. */
    public boolean tls13() {
        return selectedVersion() == TlsVersion.TLS_1_3.wireVersion();
    }

    /** SHA-256 of "HelloRetryRequest". */
    private static final Bytes HELLO_RETRY_REQUEST = Bytes.copyOf(new byte[] {
        (byte) 0xcf,
        0x21,
        (byte) 0xad,
        0x74,
        (byte) 0xe5,
        (byte) 0x9a,
        0x61,
        0x11,
        (byte) 0xbe,
        0x1d,
        (byte) 0x8c,
        0x02,
        0x1e,
        0x65,
        (byte) 0xb8,
        (byte) 0x91,
        (byte) 0xc2,
        (byte) 0xa2,
        0x11,
        0x16,
        0x7a,
        (byte) 0xbb,
        (byte) 0x8c,
        0x5e,
        0x07,
        (byte) 0x9e,
        0x09,
        (byte) 0xe2,
        (byte) 0xc8,
        (byte) 0xa8,
        0x33,
        (byte) 0x9c
    });

    /** Whether this is a HelloRetryRequest: another ClientHello and another ServerHello follow. */
    public boolean helloRetryRequest() {
        return isHelloRetryRequest(random);
    }

    static boolean isHelloRetryRequest(Bytes random) {
        return random.equals(HELLO_RETRY_REQUEST);
    }
}
