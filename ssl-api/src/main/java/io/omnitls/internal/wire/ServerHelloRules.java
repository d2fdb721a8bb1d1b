package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.TlsVersion;
import java.util.Optional;
import java.util.Set;

/** What a server may choose, given what the client offered: RFC 8446 sections 4.1.3 and 4.1.4, RFC 5246 section 7.4.1.3. */
public final class ServerHelloRules {
    private static final int TLS_1_2 = TlsVersion.TLS_1_2.wireVersion();
    private static final int TLS_1_3 = TlsVersion.TLS_1_3.wireVersion();

    /** RFC 8446 section 4.2, the column SH. */
    private static final Set<Integer> IN_TLS_1_3 =
            Set.of(ExtensionType.KEY_SHARE, ExtensionType.PRE_SHARED_KEY, ExtensionType.SUPPORTED_VERSIONS);

    /** RFC 8446 section 4.2, the column HRR; RFC 9849 section 7.2.1. */
    private static final Set<Integer> IN_RETRY = Set.of(
            ExtensionType.KEY_SHARE,
            ExtensionType.COOKIE,
            ExtensionType.SUPPORTED_VERSIONS,
            ExtensionType.ENCRYPTED_CLIENT_HELLO);

    /** What no server of TLS 1.2 says, though a client may ask. */
    private static final Set<Integer> NOT_IN_TLS_1_2 = Set.of(
            ExtensionType.SIGNATURE_ALGORITHMS,
            ExtensionType.PRE_SHARED_KEY,
            ExtensionType.EARLY_DATA,
            ExtensionType.COOKIE,
            ExtensionType.PSK_KEY_EXCHANGE_MODES,
            ExtensionType.CERTIFICATE_AUTHORITIES,
            ExtensionType.POST_HANDSHAKE_AUTH,
            ExtensionType.SIGNATURE_ALGORITHMS_CERT,
            ExtensionType.KEY_SHARE);

    private ServerHelloRules() {}

    /**
     * Judges a ServerHello or HelloRetryRequest.
     *
     * @param hello the ClientHello that it answers
     * @param retry the HelloRetryRequest that came before
     */
    public static void require(ClientHello hello, Optional<ServerHello> retry, ServerHello answer) throws TlsException {
        requireVersion(hello, answer);
        requireSuite(hello, answer);
        if (answer.compressionMethod() != 0) {
            throw illegal(
                    ErrorReason.UNSUPPORTED_COMPRESSION_ALGORITHM,
                    "ServerHello has the compression method " + answer.compressionMethod() + ", expected 0");
        }
        requireSolicited(hello, answer);
        if (answer.tls13()) {
            requireTls13(hello, retry, answer);
        } else if (retry.isPresent()) {
            throw illegal(
                    ErrorReason.BAD_PROTOCOL_VERSION_NUMBER,
                    "ServerHello has another version than the HelloRetryRequest before it");
        }
    }

    private static void requireVersion(ClientHello hello, ServerHello answer) throws TlsException {
        boolean selects = answer.extensions().contains(ExtensionType.SUPPORTED_VERSIONS);
        if (selects && (answer.selectedVersion() != TLS_1_3 || !hello.offers(TlsVersion.TLS_1_3))) {
            // RFC 8446 4.2.1: only TLS 1.3 and later are selected there.
            throw illegal(
                    ErrorReason.BAD_PROTOCOL_VERSION_NUMBER,
                    String.format("supported_versions of ServerHello selects 0x%04x", answer.selectedVersion()));
        }
        if (selects && answer.legacyVersion() != TLS_1_2) {
            throw Refusal.of(
                    ErrorReason.BAD_PROTOCOL_VERSION_NUMBER,
                    answer.legacyVersion() <= TlsVersion.SSL_3_0.wireVersion()
                            ? AlertDescription.PROTOCOL_VERSION // RFC 8446 appendix D.5
                            : AlertDescription.ILLEGAL_PARAMETER,
                    String.format("ServerHello of TLS 1.3 has the legacy_version 0x%04x", answer.legacyVersion()));
        }
        if (selects) {
            return;
        }
        boolean offered = hello.extension(ExtensionType.SUPPORTED_VERSIONS).isPresent()
                ? hello.supportedVersions().contains(answer.legacyVersion()) && answer.legacyVersion() <= TLS_1_2
                : answer.legacyVersion() <= hello.legacyVersion();
        if (!offered) {
            throw Refusal.of(
                    ErrorReason.UNSUPPORTED_PROTOCOL,
                    AlertDescription.PROTOCOL_VERSION,
                    String.format("ServerHello has the version 0x%04x, which was not offered", answer.legacyVersion()));
        }
        requireNoDowngrade(hello, answer);
    }

    /** RFC 8446 section 4.1.3: the last bytes of the random tell that the server would have spoken a newer version. */
    private static void requireNoDowngrade(ClientHello hello, ServerHello answer) throws TlsException {
        Bytes random = answer.random();
        Bytes tail = Bytes.copyOf(random.toByteArray(), random.size() - 8, random.size());
        boolean mayHaveBeen13 = hello.offers(TlsVersion.TLS_1_3) && (tail.equals(FROM_1_3) || tail.equals(FROM_1_2));
        boolean mayHaveBeen12 = answer.legacyVersion() < TLS_1_2
                && (hello.offers(TlsVersion.TLS_1_2) || hello.legacyVersion() >= TLS_1_2)
                && tail.equals(FROM_1_2);
        if (mayHaveBeen13 || mayHaveBeen12) {
            throw illegal(
                    ErrorReason.INAPPROPRIATE_FALLBACK,
                    String.format(
                            "the server's random says that somebody made it choose 0x%04x", answer.legacyVersion()));
        }
    }

    private static final Bytes FROM_1_3 = Bytes.copyOf(new byte[] {'D', 'O', 'W', 'N', 'G', 'R', 'D', 1});
    private static final Bytes FROM_1_2 = Bytes.copyOf(new byte[] {'D', 'O', 'W', 'N', 'G', 'R', 'D', 0});

    private static void requireSuite(ClientHello hello, ServerHello answer) throws TlsException {
        int chosen = answer.cipherSuite();
        boolean offered = hello.cipherSuites().contains(chosen) && !SignallingSuites.ALL.contains(chosen);
        boolean ofVersion = CipherTable.byId(chosen)
                .map(CipherSuite::tls13)
                .filter(tls13 -> tls13 != answer.tls13())
                .isEmpty();
        if (!offered || !ofVersion) {
            throw illegal(
                    ErrorReason.WRONG_CIPHER_RETURNED,
                    String.format(
                            "ServerHello has the cipher suite 0x%04x, which was not offered%s",
                            chosen, offered ? " for this version" : ""));
        }
    }

    /** RFC 8446 section 4.2, RFC 5246 section 7.4.1.4: a server says nothing that it was not asked. */
    private static void requireSolicited(ClientHello hello, ServerHello answer) throws TlsException {
        boolean retry = answer.helloRetryRequest() && answer.tls13();
        for (int type : answer.extensions()) {
            boolean asked = hello.extension(type).isPresent()
                    || type == ExtensionType.COOKIE && retry
                    || type == ExtensionType.RENEGOTIATION_INFO // RFC 5746 3.4
                            && hello.cipherSuites().contains(SignallingSuites.RENEGOTIATION_INFO);
            if (!asked) {
                throw Refusal.of(
                        ErrorReason.UNSOLICITED_EXTENSION,
                        AlertDescription.UNSUPPORTED_EXTENSION,
                        "ServerHello has the extension " + type + ", which the client did not send");
            }
            boolean allowed =
                    answer.tls13() ? (retry ? IN_RETRY : IN_TLS_1_3).contains(type) : !NOT_IN_TLS_1_2.contains(type);
            if (!allowed) {
                throw illegal(
                        ErrorReason.BAD_EXTENSION,
                        "ServerHello has the extension " + type + ", which belongs elsewhere");
            }
        }
    }

    private static void requireTls13(ClientHello hello, Optional<ServerHello> retry, ServerHello answer)
            throws TlsException {
        if (!answer.sessionId().equals(hello.sessionId())) {
            throw illegal(
                    ErrorReason.INVALID_SESSION_ID, "legacy_session_id_echo is not the client's legacy_session_id");
        }
        if (retry.filter(earlier -> earlier.cipherSuite() != answer.cipherSuite())
                .isPresent()) {
            throw illegal(
                    ErrorReason.WRONG_CIPHER_RETURNED,
                    "ServerHello has another cipher suite than the HelloRetryRequest before it");
        }
        if (answer.helloRetryRequest()) {
            requireRetry(hello, retry, answer);
        } else {
            requireAnswer(hello, answer);
        }
    }

    private static void requireRetry(ClientHello hello, Optional<ServerHello> earlier, ServerHello retry)
            throws TlsException {
        if (earlier.isPresent()) {
            throw Refusal.of(
                    ErrorReason.UNEXPECTED_MESSAGE,
                    AlertDescription.UNEXPECTED_MESSAGE,
                    "a second HelloRetryRequest arrived (RFC 8446 section 4.1.4)");
        }
        if (retry.group().isPresent()) {
            KeyShareRules.requireRetried(hello, retry.group().get());
        } else if (!retry.extensions().contains(ExtensionType.COOKIE)) {
            throw illegal(ErrorReason.NO_CHANGE_FOLLOWING_HRR, "HelloRetryRequest asks for no change");
        }
    }

    private static void requireAnswer(ClientHello hello, ServerHello answer) throws TlsException {
        if (answer.keyShare().isPresent()) {
            KeyShareRules.requireAnswer(hello, answer.keyShare().get());
        } else if (!answer.preSharedKey()) {
            throw Refusal.of(
                    ErrorReason.NO_SUITABLE_KEY_SHARE,
                    AlertDescription.MISSING_EXTENSION,
                    "ServerHello of TLS 1.3 with neither key_share nor pre_shared_key (RFC 8446 section 9.2)");
        }
        Optional<OfferedPsks> offered = OfferedPsks.in(hello);
        if (answer.selectedIdentity().isPresent()
                && answer.selectedIdentity().get()
                        >= offered.map(OfferedPsks::identities).orElse(0)) {
            throw illegal(
                    ErrorReason.BAD_PSK_IDENTITY,
                    "selected_identity is " + answer.selectedIdentity().get() + ", which was not offered");
        }
    }

    private static TlsException illegal(ErrorReason reason, String found) {
        return Refusal.of(reason, AlertDescription.ILLEGAL_PARAMETER, found);
    }
}
