package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.ClientHello.Extension;
import io.omnitls.protocol.TlsVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a ClientHello that parses may not say all the same. What depends on the version is judged by the version of the
 * answer, as OpenSSL does: a server of TLS 1.2 does not look at the key shares.
 */
public final class ClientHelloRules {
    private static final List<Integer> NO_COMPRESSION = List.of(0);

    /** RFC 8446 4.1.2 names the first five; of encrypted_client_hello the second one is another one (RFC 9849). */
    private static final Set<Integer> MAY_DIFFER = Set.of(
            ExtensionType.KEY_SHARE,
            ExtensionType.EARLY_DATA,
            ExtensionType.COOKIE,
            ExtensionType.PRE_SHARED_KEY,
            ExtensionType.PADDING,
            ExtensionType.ENCRYPTED_CLIENT_HELLO);

    private ClientHelloRules() {}

    /**
     * Judges the first ClientHello.
     *
     * @param answer the version that the server answers in
     * @param newest the newest one that it speaks
     */
    public static void require(ClientHello hello, TlsVersion answer, TlsVersion newest) throws TlsException {
        requireLegacyVersion(hello);
        if (hello.cipherSuites().contains(SignallingSuites.FALLBACK) && !answer.atLeast(newest)) {
            throw Refusal.of(
                    ErrorReason.INAPPROPRIATE_FALLBACK,
                    AlertDescription.INAPPROPRIATE_FALLBACK,
                    "the client has fallen back to " + answer + " (RFC 7507), and both ends speak a newer version");
        }
        requireMaxFragmentLength(hello);
        if (answer.atLeast(TlsVersion.TLS_1_3)) {
            requireTls13(hello);
        } else {
            requireTls12(hello);
        }
    }

    /** RFC 8446 appendix D.5: who speaks of SSL must hear protocol_version. */
    private static void requireLegacyVersion(ClientHello hello) throws TlsException {
        if (hello.legacyVersion() <= TlsVersion.SSL_3_0.wireVersion()) {
            throw Refusal.of(
                    ErrorReason.BAD_LEGACY_VERSION,
                    AlertDescription.PROTOCOL_VERSION,
                    String.format("ClientHello has the legacy_version 0x%04x", hello.legacyVersion()));
        }
    }

    /** RFC 6066 section 4: {@code enum{ 2^9(1), 2^10(2), 2^11(3), 2^12(4), (255) } MaxFragmentLength;} */
    private static void requireMaxFragmentLength(ClientHello hello) throws TlsException {
        Optional<Extension> extension = hello.extension(ExtensionType.MAX_FRAGMENT_LENGTH);
        if (extension.isEmpty()) {
            return;
        }
        WireReader data = reader(extension.get(), "max_fragment_length");
        int code = data.uint8("MaxFragmentLength");
        data.finish();
        if (code < 1 || code > 4) {
            throw illegal(
                    ErrorReason.SSL3_EXT_INVALID_MAX_FRAGMENT_LENGTH,
                    "max_fragment_length is " + code + ", expected 1 to 4");
        }
    }

    private static void requireTls12(ClientHello hello) throws TlsException {
        if (!hello.compressionMethods().contains(0)) {
            throw Refusal.of(
                    ErrorReason.NO_COMPRESSION_SPECIFIED,
                    AlertDescription.DECODE_ERROR,
                    "ClientHello has the compression methods " + hello.compressionMethods()
                            + ", expected 0 (null) among them (RFC 5246 section 7.4.1.2)");
        }
        Optional<Extension> formats = hello.extension(ExtensionType.EC_POINT_FORMATS);
        if (formats.isPresent()) {
            WireReader data = reader(formats.get(), "ec_point_formats");
            ClientHelloParser.ecPointFormats(data);
            data.finish();
        }
    }

    private static void requireTls13(ClientHello hello) throws TlsException {
        if (!hello.compressionMethods().equals(NO_COMPRESSION)) {
            // RFC 8446 4.1.2: exactly one byte, set to zero.
            throw illegal(
                    hello.compressionMethods().contains(0)
                            ? ErrorReason.INVALID_COMPRESSION_ALGORITHM
                            : ErrorReason.NO_COMPRESSION_SPECIFIED,
                    "ClientHello has the compression methods " + hello.compressionMethods() + ", expected 0 alone");
        }
        requireMandatoryExtensions(hello);
        Optional<Extension> modes = hello.extension(ExtensionType.PSK_KEY_EXCHANGE_MODES);
        if (modes.isPresent()) { // RFC 8446 4.2.9
            WireReader data = reader(modes.get(), "psk_key_exchange_modes");
            data.opaque8(1, 255, "ke_modes");
            data.finish();
        }
        Optional<Extension> earlyData = hello.extension(ExtensionType.EARLY_DATA);
        if (earlyData.isPresent()) { // RFC 8446 4.2.10
            reader(earlyData.get(), "early_data").finish();
        }
        OfferedPsks.in(hello);
        KeyShareRules.requireOffered(hello);
    }

    /** RFC 8446 section 9.2. */
    private static void requireMandatoryExtensions(ClientHello hello) throws TlsException {
        boolean preSharedKey = has(hello, ExtensionType.PRE_SHARED_KEY);
        if (preSharedKey && !has(hello, ExtensionType.PSK_KEY_EXCHANGE_MODES)) { // section 4.2.9
            throw missing(ErrorReason.MISSING_PSK_KEX_MODES_EXTENSION, "psk_key_exchange_modes beside pre_shared_key");
        }
        boolean keyShare = has(hello, ExtensionType.KEY_SHARE);
        boolean groups = has(hello, ExtensionType.SUPPORTED_GROUPS);
        if (!groups && (keyShare || !preSharedKey)) {
            throw missing(ErrorReason.MISSING_SUPPORTED_GROUPS_EXTENSION, "supported_groups");
        }
        if (!preSharedKey && !has(hello, ExtensionType.SIGNATURE_ALGORITHMS)) {
            throw missing(ErrorReason.MISSING_SIGALGS_EXTENSION, "signature_algorithms");
        }
        if (groups && !keyShare) {
            throw missing(ErrorReason.NO_SUITABLE_KEY_SHARE, "key_share beside supported_groups");
        }
    }

    /**
     * Judges the ClientHello that follows a HelloRetryRequest: RFC 8446 section 4.1.2 lists what may have changed.
     *
     * @param retry the HelloRetryRequest
     */
    public static void requireRetried(ClientHello first, ServerHello retry, ClientHello second) throws TlsException {
        requireTls13(second);
        requireSame(first.legacyVersion(), second.legacyVersion(), ErrorReason.BAD_LEGACY_VERSION, "legacy_version");
        requireSame(first.random(), second.random(), ErrorReason.BAD_DATA, "random");
        requireSame(first.sessionId(), second.sessionId(), ErrorReason.INVALID_SESSION_ID, "legacy_session_id");
        requireSame(first.cipherSuites(), second.cipherSuites(), ErrorReason.BAD_CIPHER, "cipher_suites");
        requireSame(unchanging(first), unchanging(second), ErrorReason.BAD_EXTENSION, "extensions");
        if (has(second, ExtensionType.EARLY_DATA)) {
            throw illegal(ErrorReason.BAD_EXTENSION, "the second ClientHello has early_data");
        }
        Optional<Extension> cookie = second.extension(ExtensionType.COOKIE);
        Optional<Bytes> returned = cookie.isPresent()
                ? Optional.of(ServerHelloParser.cookie(reader(cookie.get(), "cookie")))
                : Optional.empty();
        if (!returned.equals(retry.cookie())) {
            throw illegal(
                    ErrorReason.COOKIE_MISMATCH, "the second ClientHello has not the cookie of the HelloRetryRequest");
        }
        if (retry.group().isPresent()) {
            KeyShareRules.requireRetryTaken(second, retry.group().get());
        }
    }

    private static Map<Integer, Bytes> unchanging(ClientHello hello) {
        Map<Integer, Bytes> extensions = new HashMap<>();
        for (Extension extension : hello.extensions()) {
            if (!MAY_DIFFER.contains(extension.type())) {
                extensions.put(extension.type(), extension.data());
            }
        }
        return extensions;
    }

    private static void requireSame(Object first, Object second, ErrorReason reason, String field) throws TlsException {
        if (!first.equals(second)) {
            throw illegal(reason, "the second ClientHello has another " + field + " than the first");
        }
    }

    private static boolean has(ClientHello hello, int type) {
        return hello.extension(type).isPresent();
    }

    private static WireReader reader(Extension extension, String name) {
        return WireReader.of(extension.data(), name + " of ClientHello", ErrorReason.BAD_EXTENSION);
    }

    private static TlsException missing(ErrorReason reason, String extension) {
        return Refusal.of(reason, AlertDescription.MISSING_EXTENSION, "ClientHello of TLS 1.3 without " + extension);
    }

    private static TlsException illegal(ErrorReason reason, String found) {
        return Refusal.of(reason, AlertDescription.ILLEGAL_PARAMETER, found);
    }
}
