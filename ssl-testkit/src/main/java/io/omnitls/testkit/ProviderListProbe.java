package io.omnitls.testkit;

import io.omnitls.CertificateVerifier;
import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsProviders;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.FreshProcess;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.security.Security;
import java.util.Arrays;
import java.util.List;

/** Uses a provider for everything that must not change the list of security providers, in a process of its own. */
final class ProviderListProbe {
    /** The last line that it prints when all is well. */
    static final String UNCHANGED = "unchanged";

    private ProviderListProbe() {}

    /** The argument is the provider's name. */
    public static void main(String[] arguments) throws Exception {
        FreshProcess.begin();
        TestAuthority authority = TestAuthority.create("Test Root");
        TestIdentity identity = authority.server(KeyKind.EC);
        TestIdentity user = authority.client(KeyKind.EC);
        List<String> before = names();
        String provider = arguments[0];
        TlsProviders.named(provider).capabilities();
        for (TlsVersion version : List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)) {
            ClientContext client = ClientContext.builder()
                    .provider(provider)
                    .maximumVersion(version)
                    .verifyLocations(authority.trust())
                    .certificateChain(user.credentials())
                    .build();
            ServerContext server = ServerContext.builder()
                    .provider(provider)
                    .certificateChain(identity.credentials())
                    .verifyLocations(authority.trust())
                    .verifyMode(VerifyMode.REQUIRED)
                    .build();
            try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                if (!outcome.completed()) {
                    throw new AssertionError(outcome);
                }
                pair.send(pair.client(), pair.server(), new byte[100]);
                pair.client().session();
            }
        }
        CertificateVerifier.builder()
                .provider(provider)
                .verifyLocations(authority.trust())
                .purpose(Purpose.SERVER)
                .build()
                .verify(List.of(identity.certificate()), PeerName.of(TestAuthority.SERVER_NAME));
        List<String> after = names();
        System.out.println(before.equals(after) ? UNCHANGED : "was " + before + ", is " + after);
    }

    private static List<String> names() {
        return Arrays.stream(Security.getProviders()).map(Object::toString).toList();
    }
}
