package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.omnitls.testkit.odd.OddAuthority;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** SPEC.md part 5, the names: what is an address to some is one to all, and a name may have whatever the DNS has. */
public interface NameContract extends Contract {

    /** Spellings of 127.0.0.1: IDNA knows four dots and many digits, URLs have brackets and names a last dot. */
    List<String> ADDRESSES = List.of(
            "127.0.0.1",
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
            "a--b.example",
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
                                Optional.of(ErrorReason.SSLV3_ALERT_ILLEGAL_PARAMETER),
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

    private static String reply(BioPair pair) throws Exception {
        pair.send(pair.client(), pair.server(), "ping".getBytes(StandardCharsets.US_ASCII));
        return new String(
                pair.send(pair.server(), pair.client(), "pong".getBytes(StandardCharsets.US_ASCII)),
                StandardCharsets.US_ASCII);
    }
}
