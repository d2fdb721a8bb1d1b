package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsSocket;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SPEC.md part 2, for ends that have several identities: which of them answers. */
public interface IdentityContract extends Contract {

    private ServerContext serverWith(List<KeyKind> kinds) throws Exception {
        ServerContext.Builder builder = fixture().serverBuilder(fixture().server(kinds.get(0)));
        for (KeyKind kind : kinds.subList(1, kinds.size())) {
            builder.certificateChain(fixture().server(kind).credentials());
        }
        return builder.build();
    }

    /** The provider's kinds of key, forwards and backwards. */
    private List<List<KeyKind>> orders() {
        List<KeyKind> backwards = new ArrayList<>(fixture().keyKinds());
        Collections.reverse(backwards);
        return List.of(fixture().keyKinds(), backwards);
    }

    private X509Certificate shown(ClientContext client, ServerContext server) throws Exception {
        try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            return pair.client().unverifiedChain().get(0);
        }
    }

    @Test
    default void rule2_16_theFirstIdentityThatTheClientCanVerifyAnswers() throws Exception {
        for (List<KeyKind> kinds : orders()) {
            ServerContext server = serverWith(kinds);
            for (TlsVersion version : fixture().versions()) {
                ClientContext any =
                        fixture().clientBuilder().maximumVersion(version).build();
                assertEquals(
                        fixture().server(kinds.get(0)).certificate(), shown(any, server), kinds + " in " + version);
            }
            ClientContext.Builder client = fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2);
            ClientContext rsa = client.ciphers("ECDHE-RSA-AES256-GCM-SHA384").build();
            assertEquals(fixture().server(KeyKind.RSA).certificate(), shown(rsa, server), kinds::toString);
            ClientContext ecdsa =
                    client.ciphers("ECDHE-ECDSA-AES256-GCM-SHA384").build();
            KeyKind first = kinds.stream()
                    .filter(kind -> kind != KeyKind.RSA)
                    .findFirst()
                    .orElseThrow();
            assertEquals(fixture().server(first).certificate(), shown(ecdsa, server), kinds::toString);
        }
    }

    @Test
    default void rule2_17_openSslsClientIsAnsweredWithWhatItCanVerify() throws Exception {
        assumeTrue(OpenSslPeer.available(), "the openssl command is not on this machine");
        for (List<KeyKind> kinds : orders()) {
            ServerContext server = serverWith(kinds);
            for (KeyKind kind : kinds) {
                String sigalgs = sigalgs(kind);
                requireAnswer(kind, server, "-tls1_3", "-sigalgs", sigalgs);
                requireAnswer(kind, server, "-tls1_2", "-sigalgs", sigalgs);
            }
            // The client's order is that of its abilities; which certificate it sees is for the server to decide.
            KeyKind last = kinds.get(kinds.size() - 1);
            String lastFirst = sigalgs(last) + ":" + sigalgs(kinds.get(0));
            requireAnswer(kinds.get(0), server, "-tls1_3", "-sigalgs", lastFirst);
        }
    }

    private static String sigalgs(KeyKind kind) {
        return switch (kind) {
            case RSA -> "rsa_pss_rsae_sha256";
            case EC -> "ECDSA+SHA256";
            case ED25519 -> "ed25519";
        };
    }

    private void requireAnswer(KeyKind expected, ServerContext context, String... arguments) throws Exception {
        TestIdentity identity = fixture().server(expected);
        try (Loopback server = new Loopback(context, TlsSocket::handshake);
                OpenSslPeer client = OpenSslPeer.client(server.port(), arguments)) {
            server.await();
            String output = client.awaitOutput();
            assertTrue(oneLine(output).contains(oneLine(identity.certificatePem())), () -> expected + " in " + output);
        }
    }

    /** PEM by different writers has lines of different lengths. */
    private static String oneLine(String pem) {
        return pem.replaceAll("\\s", "");
    }

    @Test
    default void rule2_18_theSuitesOfTls12DoNotKeepAnIdentityFromClientsOfTls13() throws Exception {
        ServerContext server = fixture()
                .serverBuilder(fixture().server(KeyKind.EC))
                .ciphers("ECDHE-RSA-AES256-GCM-SHA384")
                .build();
        assertEquals(
                fixture().server(KeyKind.EC).certificate(),
                shown(fixture().clientBuilder().build(), server));
    }
}
