package io.omnitls.testkit;

import static io.omnitls.testkit.HelloScenes.ALPN;
import static io.omnitls.testkit.HelloScenes.COOKIE;
import static io.omnitls.testkit.HelloScenes.EARLY_DATA;
import static io.omnitls.testkit.HelloScenes.EC_POINT_FORMATS;
import static io.omnitls.testkit.HelloScenes.GROUPS;
import static io.omnitls.testkit.HelloScenes.KEY_SHARE;
import static io.omnitls.testkit.HelloScenes.MAX_FRAGMENT_LENGTH;
import static io.omnitls.testkit.HelloScenes.PRE_SHARED_KEY;
import static io.omnitls.testkit.HelloScenes.PSK_MODES;
import static io.omnitls.testkit.HelloScenes.SIGNATURE_ALGORITHMS;
import static io.omnitls.testkit.HelloScenes.SUPPORTED_VERSIONS;
import static io.omnitls.testkit.HelloScenes.entry;
import static io.omnitls.testkit.HelloScenes.groups;
import static io.omnitls.testkit.HelloScenes.hello;
import static io.omnitls.testkit.HelloScenes.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ServerContext;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.wire.EditableHello;
import io.omnitls.testkit.wire.Records;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** SPEC.md rules 6.33 to 6.35: hellos are held to the RFCs, and to what was said before, the same way on every backend. */
public interface HelloContract extends Contract {
    private HelloScenes hellos() {
        return new HelloScenes(fixture());
    }

    @Test
    default void rule6_33_aClientHelloIsHeldToTheRfcs() throws Exception {
        hellos().assertServerRefuses(
                        TlsVersion.TLS_1_2,
                        hello -> hello.cipherSuites.add(0x5600),
                        AlertDescription.INAPPROPRIATE_FALLBACK,
                        ErrorReason.INAPPROPRIATE_FALLBACK);
        hellos().assertServerRefuses(
                        TlsVersion.TLS_1_2,
                        hello -> hello.compressionMethods = new byte[] {1},
                        AlertDescription.DECODE_ERROR,
                        ErrorReason.NO_COMPRESSION_SPECIFIED);
        hellos().assertServerRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.compressionMethods = new byte[] {1},
                        AlertDescription.ILLEGAL_PARAMETER,
                        ErrorReason.NO_COMPRESSION_SPECIFIED);
        for (byte[] methods : List.of(new byte[] {1, 0}, new byte[] {0, 0})) {
            hellos().assertServerRefuses(
                            TlsVersion.TLS_1_3,
                            hello -> hello.compressionMethods = methods,
                            AlertDescription.ILLEGAL_PARAMETER,
                            ErrorReason.INVALID_COMPRESSION_ALGORITHM);
        }
        for (int version : new int[] {0x0300, 0x0200, 0}) {
            hellos().assertServerRefuses(
                            TlsVersion.TLS_1_3,
                            hello -> hello.legacyVersion = version,
                            AlertDescription.PROTOCOL_VERSION,
                            ErrorReason.BAD_LEGACY_VERSION);
        }
        Map<Integer, ErrorReason> missing = Map.of(
                GROUPS, ErrorReason.MISSING_SUPPORTED_GROUPS_EXTENSION,
                SIGNATURE_ALGORITHMS, ErrorReason.MISSING_SIGALGS_EXTENSION,
                KEY_SHARE, ErrorReason.NO_SUITABLE_KEY_SHARE);
        for (Map.Entry<Integer, ErrorReason> one : missing.entrySet()) {
            hellos().assertServerRefuses(
                            TlsVersion.TLS_1_3,
                            hello -> hello.without(one.getKey()),
                            AlertDescription.MISSING_EXTENSION,
                            one.getValue());
        }
        hellos().assertServerRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.without(PSK_MODES).with(PRE_SHARED_KEY, psk()),
                        AlertDescription.MISSING_EXTENSION,
                        ErrorReason.MISSING_PSK_KEX_MODES_EXTENSION);
        hellos().assertServerRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.extensions.add(EditableHello.Extension.of(GROUPS, hello.extension(GROUPS))),
                        AlertDescription.ILLEGAL_PARAMETER,
                        ErrorReason.BAD_EXTENSION);
        hellos().assertServerRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.with(MAX_FRAGMENT_LENGTH, (byte) 9),
                        AlertDescription.ILLEGAL_PARAMETER,
                        ErrorReason.SSL3_EXT_INVALID_MAX_FRAGMENT_LENGTH);
        hellos().assertServerRefuses(
                        TlsVersion.TLS_1_2,
                        hello -> hello.with(EC_POINT_FORMATS, (byte) 5, (byte) 0),
                        AlertDescription.DECODE_ERROR,
                        ErrorReason.BAD_EXTENSION);
        for (byte[] modes : List.of(new byte[0], new byte[1], new byte[] {1, 1, 1})) {
            hellos().assertServerRefuses(
                            TlsVersion.TLS_1_3,
                            hello -> hello.with(PSK_MODES, modes),
                            AlertDescription.DECODE_ERROR,
                            ErrorReason.BAD_EXTENSION);
        }
        hellos().assertServerRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.with(EARLY_DATA, (byte) 1),
                        AlertDescription.DECODE_ERROR,
                        ErrorReason.BAD_EXTENSION);
        try (BioPair pair = hellos().pair(TlsVersion.TLS_1_3)) {
            pair.toServer()
                    .write(EditableHello.in(hello(pair))
                            .with(EC_POINT_FORMATS, (byte) 5, (byte) 0)
                            .record());
            TlsException outcome = assertThrows(TlsException.class, pair.server()::handshake);
            // They mean nothing in TLS 1.3. BC-FIPS reads them before it knows the version.
            assertTrue(
                    List.of(ErrorReason.WANT_READ, ErrorReason.DECODE_ERROR).contains(outcome.reason()),
                    outcome::toString);
        }
    }

    private static byte[] psk() {
        byte[] identity = Records.concat(new byte[] {0, 9, 0, 3, 1, 2, 3}, new byte[4]);
        return Records.concat(identity, new byte[] {0, 33, 32}, new byte[32]);
    }

    @Test
    default void rule6_34_aServerHelloIsHeldToWhatWasOffered() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            hellos().assertClientRefuses(
                            version,
                            hello -> hello.cipherSuites.set(0, 0x00ff),
                            AlertDescription.ILLEGAL_PARAMETER,
                            ErrorReason.WRONG_CIPHER_RETURNED);
            hellos().assertClientRefuses(
                            version,
                            hello -> hello.cipherSuites.set(0, 0x1305),
                            AlertDescription.ILLEGAL_PARAMETER,
                            ErrorReason.WRONG_CIPHER_RETURNED);
            hellos().assertClientRefuses(
                            version,
                            hello -> hello.compressionMethods = new byte[] {1},
                            AlertDescription.ILLEGAL_PARAMETER,
                            ErrorReason.UNSUPPORTED_COMPRESSION_ALGORITHM);
            hellos().assertClientRefuses(
                            version,
                            hello -> hello.with(0x7777),
                            AlertDescription.UNSUPPORTED_EXTENSION,
                            ErrorReason.UNSOLICITED_EXTENSION);
            hellos().assertClientRefuses(
                            version,
                            hello -> hello.with(SIGNATURE_ALGORITHMS, (byte) 0, (byte) 2, (byte) 4, (byte) 3),
                            AlertDescription.ILLEGAL_PARAMETER,
                            ErrorReason.BAD_EXTENSION);
        }
        hellos().assertClientRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.sessionId = new byte[] {1},
                        AlertDescription.ILLEGAL_PARAMETER,
                        ErrorReason.INVALID_SESSION_ID);
        hellos().assertClientRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.with(SUPPORTED_VERSIONS, (byte) 3, (byte) 3),
                        AlertDescription.ILLEGAL_PARAMETER,
                        ErrorReason.BAD_PROTOCOL_VERSION_NUMBER);
        hellos().assertClientRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.legacyVersion = 0x0300,
                        AlertDescription.PROTOCOL_VERSION,
                        ErrorReason.BAD_PROTOCOL_VERSION_NUMBER);
        hellos().assertClientRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.without(KEY_SHARE),
                        AlertDescription.MISSING_EXTENSION,
                        ErrorReason.NO_SUITABLE_KEY_SHARE);
        hellos().assertClientRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> {
                            hello.without(KEY_SHARE).without(SUPPORTED_VERSIONS);
                            hello.cipherSuites.set(0, 0xc02b);
                            System.arraycopy(new byte[] {'D', 'O', 'W', 'N', 'G', 'R', 'D', 1}, 0, hello.random, 24, 8);
                        },
                        AlertDescription.ILLEGAL_PARAMETER,
                        ErrorReason.INAPPROPRIATE_FALLBACK);
    }

    @Property(tries = 12)
    default void rule2_2_aServerPassesOverProtocolsThatAreNoText(@ForAll Random random) throws Exception {
        byte[] noText = new byte[1 + random.nextInt(255)];
        random.nextBytes(noText);
        byte[] names = list(
                new byte[] {2, (byte) 0xfa, (byte) 0xfa}, // GREASE (RFC 8701)
                new byte[] {(byte) noText.length},
                noText,
                new byte[] {2, 'h', '2'});
        for (TlsVersion version : fixture().versions()) {
            ServerContext.Builder server = fixture().serverBuilder().alpnProtocols("h2");
            try (BioPair pair = hellos().pair(fixture().clientBuilder().maximumVersion(version), server)) {
                pair.toServer()
                        .write(EditableHello.in(hello(pair)).with(ALPN, names).record());
                assertThrows(TlsWantReadException.class, pair.server()::handshake, version::toString);
            }
        }
    }

    /** Makes the server send a HelloRetryRequest, and returns the hello that it did that for. */
    private static EditableHello retry(BioPair pair) throws Exception {
        EditableHello hello = EditableHello.in(hello(pair))
                .with(GROUPS, groups(NamedGroup.of(0x0a0a), NamedGroup.SECP256R1))
                .with(KEY_SHARE, list());
        pair.toServer().write(hello.record());
        assertThrows(TlsWantReadException.class, pair.server()::handshake);
        EditableHello retry = EditableHello.in(pair.fromServer().read());
        retry.extensions.stream()
                .filter(extension -> extension.type() == COOKIE)
                .forEach(cookie -> hello.with(COOKIE, cookie.data().toByteArray()));
        return hello;
    }

    @Test
    default void rule6_35_aSecondClientHelloChangesNothingButWhatItMay() throws Exception {
        byte[] share = entry(NamedGroup.SECP256R1, GENERATOR);
        assertSecondRefused(share, ErrorReason.BAD_DATA, hello -> hello.random[3] ^= 1);
        assertSecondRefused(share, ErrorReason.INVALID_SESSION_ID, hello -> hello.sessionId = new byte[32]);
        assertSecondRefused(share, ErrorReason.BAD_CIPHER, hello -> hello.cipherSuites.add(0x1303));
        assertSecondRefused(share, ErrorReason.BAD_LEGACY_VERSION, hello -> hello.legacyVersion = 0x0302);
        assertSecondRefused(share, ErrorReason.BAD_EXTENSION, hello -> hello.with(0x7777));
        assertSecondRefused(
                share, ErrorReason.BAD_EXTENSION, hello -> hello.with(SIGNATURE_ALGORITHMS, new byte[] {0, 2, 4, 3}));
        assertSecondRefused(share, ErrorReason.BAD_EXTENSION, hello -> hello.with(EARLY_DATA));
        assertSecondRefused(share, ErrorReason.COOKIE_MISMATCH, hello -> hello.with(COOKIE, new byte[] {0, 1, 1}));
        assertSecondRefused(share, ErrorReason.BAD_KEY_SHARE, hello -> hello.with(KEY_SHARE, list()));
        assertSecondRefused(
                share,
                ErrorReason.BAD_ECPOINT,
                hello -> hello.with(KEY_SHARE, list(entry(NamedGroup.SECP256R1, new byte[65]))));
    }

    private void assertSecondRefused(byte[] share, ErrorReason reason, Consumer<EditableHello> change)
            throws Exception {
        try (BioPair pair = hellos().pair(TlsVersion.TLS_1_3)) {
            EditableHello hello = retry(pair).with(KEY_SHARE, list(share));
            change.accept(hello);
            pair.toServer().write(hello.record());
            TlsException failure = assertThrows(TlsException.class, pair.server()::handshake);
            assertEquals(reason, failure.reason(), failure::toString);
            assertEquals(Optional.of(TlsAlert.sent(AlertDescription.ILLEGAL_PARAMETER)), failure.alert());
        }
    }

    /** That of P-256 (SEC 2 section 2.4.2): a point that will do. */
    byte[] GENERATOR = HexFormat.of()
            .parseHex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
}
