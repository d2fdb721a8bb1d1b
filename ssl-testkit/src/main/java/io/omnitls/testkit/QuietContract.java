package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.omnitls.ServerContext;
import io.omnitls.cert.Credentials;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** SPEC.md part 2: what a backend says to others than its caller. */
public interface QuietContract extends Contract {

    @Test
    default void rule2_40_aRefusalIsToldToTheApplicationAndToNobodyElse() throws Exception {
        ServerContext server = fixture().serverBuilder().build();
        LogListener heard = new LogListener();
        PrintStream error = System.err;
        PrintStream output = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Logger.getLogger("").addHandler(heard);
        System.setErr(both);
        System.setOut(both);
        try {
            for (TlsVersion version : fixture().versions()) {
                try (BioPair pair = new BioPair(
                        fixture()
                                .clientBuilder()
                                .verifyLocations(
                                        TestAuthority.create("Stranger").trust())
                                .maximumVersion(version)
                                .build(),
                        server,
                        TestAuthority.SERVER_NAME,
                        Segmentation.none())) {
                    assertFalse(pair.handshake().completed());
                }
            }
            useAbsentKey();
        } finally {
            System.setErr(error);
            System.setOut(output);
            Logger.getLogger("").removeHandler(heard);
        }
        assertEquals("", String.join("\n", heard.messages()));
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    /** A key that is in no token: for some backends the handshake is too late to notice. */
    private void useAbsentKey() throws Exception {
        TestIdentity rsa = fixture().server(KeyKind.RSA);
        Credentials absent =
                Credentials.of(new AbsentToken((RSAKey) rsa.certificate().getPublicKey()), List.of(rsa.certificate()));
        ServerContext server = ServerContext.builder()
                .provider(fixture().provider())
                .certificateChain(absent)
                .build();
        try (BioPair pair = new BioPair(
                fixture().clientBuilder().build(), server, TestAuthority.SERVER_NAME, Segmentation.none())) {
            assertFalse(pair.handshake().completed());
        } catch (TlsException refused) {
            // Then and there, and to the caller.
        }
    }
}
