package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.odd.OddAuthority;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SPEC.md part 5, the names: what is an address to some is one to all, and a name may have whatever the DNS has. */
public interface NameContract extends Contract {

    /** Spellings of 127.0.0.1: IDNA knows four dots and many digits, URLs have brackets and names a last dot. */
    List<String> ADDRESSES = List.of(
            "127.0.0.1.",
            "127.0.0.1\u3002",
            "[127.0.0.1]",
            "\uff11\uff12\uff17.0.0.1",
            "127\uff0e0\u30020\uff611",
            "127\u20240.0.1");

    /** Names that servers have, although RFC 952 would not have had them. */
    List<String> ODD_NAMES = List.of(
            "a_b.example",
            "_a.example",
            "a_.example",
            "-a.example",
            "a-.example",
            "a.b-.example",
            "ab--cd.example",
            "xn--bcher-kva.example",
            "xn--a.example",
            "1.example",
            "0x7f.example",
            "127.0.0.1.example",
            "a!b.example",
            "a'b.example",
            "a,b;c.example",
            "a".repeat(63) + ".example");

    /** Letters, digits, and hyphens between them. */
    Pattern RFC_952 = Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.?)+");

    @Test
    default void rule5_40_anAddressIsNeverSentAsAServerName() throws Exception {
        for (String address : ADDRESSES) {
            for (TlsVersion version : fixture().versions()) {
                try (BioPair pair = new BioPair(
                        fixture().clientBuilder().maximumVersion(version).build(),
                        fixture().serverBuilder().build(),
                        address,
                        Segmentation.none())) {
                    BioPair.Outcome outcome = pair.handshake();
                    assertTrue(outcome.completed(), () -> address + " in " + version + ": " + outcome);
                    assertEquals(Optional.empty(), pair.server().serverName(), address);
                }
            }
        }
    }

    @Test
    default void rule5_41_aNameMayHaveWhateverTheDnsHas() throws Exception {
        OddAuthority authority = new OddAuthority();
        ClientContext.Builder client = fixture().clientBuilder().verifyLocations(authority.trust());
        ServerContext server = ServerContext.builder()
                .provider(fixture().provider())
                .certificateChain(authority.server(ODD_NAMES))
                .build();
        for (String name : ODD_NAMES) {
            for (TlsVersion version : fixture().versions()) {
                try (BioPair pair =
                        new BioPair(client.maximumVersion(version).build(), server, name, Segmentation.none())) {
                    BioPair.Outcome outcome = pair.handshake();
                    if (!RFC_952.matcher(name).matches()
                            && !fixture().expected().has(Feature.ANY_SERVER_NAME)) {
                        assertEquals(
                                Optional.of(ErrorReason.CLIENTHELLO_TLSEXT),
                                outcome.server().map(TlsException::reason));
                        assertEquals(
                                Optional.of(ErrorReason.TLSV1_UNRECOGNIZED_NAME),
                                outcome.client().map(TlsException::reason));
                        continue;
                    }
                    assertTrue(outcome.completed(), () -> name + " in " + version + ": " + outcome);
                    assertEquals(Optional.of(name), pair.server().serverName());
                    assertEquals(
                            Optional.of(VerifyCode.OK),
                            pair.client().verifyResult().map(VerifyResult::code),
                            name);
                    assertEquals("pong", reply(pair), name);
                }
            }
        }
    }

    @Test
    default void rule2_42_aServerTakesWhateverServerNameAClientSends() throws Exception {
        ServerContext context = fixture().serverBuilder().build();
        for (String name : Stream.concat(SENT_HOST_NAMES.stream(), SENT_OTHER_NAMES.stream())
                .toList()) {
            for (TlsVersion version : fixture().versions()) {
                boolean taken = fixture().expected().has(Feature.ANY_SERVER_NAME) || SENT_HOST_NAMES.contains(name);
                String protocol = version == TlsVersion.TLS_1_3 ? "-tls1_3" : "-tls1_2";
                try (Loopback server = new Loopback(context, socket -> {
                            if (!taken) {
                                TlsException refusal = assertThrows(TlsException.class, socket::handshake, name);
                                assertEquals(ErrorReason.CLIENTHELLO_TLSEXT, refusal.reason(), refusal::toString);
                                return;
                            }
                            assertEquals('x', socket.getInputStream().read(), name);
                            assertEquals(Optional.of(name), socket.serverName());
                            socket.getOutputStream().write("pong\n".getBytes(StandardCharsets.US_ASCII));
                        });
                        OpenSslPeer client = OpenSslPeer.client(server.port(), protocol, "-servername", name)) {
                    if (taken) {
                        client.type("x\n");
                    }
                    server.await();
                    String output = client.awaitOutput();
                    assertTrue(
                            output.contains(taken ? "pong" : "unrecognized name"),
                            () -> name + " in " + version + ": " + output);
                }
            }
        }
    }

    /** What clients send and a host may be called (RFC 952, RFC 1123 section 2.1), which is so of some addresses too. */
    List<String> SENT_HOST_NAMES = List.of(
            "server.example",
            "SERVER.Example",
            "a--b.example",
            "xn--bcher-kva.example",
            "a".repeat(63) + ".example",
            "127.0.0.1",
            "a.".repeat(120) + "example");

    /** What clients send, whatever RFC 6066 says: names of the DNS that no host has, addresses, one's own mistakes. */
    List<String> SENT_OTHER_NAMES = List.of(
            "a_b.example",
            "_dmarc.server.example",
            "server.example.",
            "-a.example",
            "a-.example",
            "a..example",
            ".server.example",
            "a".repeat(64) + ".example",
            "[::1]",
            "server.example:443");

    private static String reply(BioPair pair) throws Exception {
        pair.send(pair.client(), pair.server(), "ping".getBytes(StandardCharsets.US_ASCII));
        return new String(
                pair.send(pair.server(), pair.client(), "pong".getBytes(StandardCharsets.US_ASCII)),
                StandardCharsets.US_ASCII);
    }
}
