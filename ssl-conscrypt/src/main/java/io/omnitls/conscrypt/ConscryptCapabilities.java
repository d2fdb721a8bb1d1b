package io.omnitls.conscrypt;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;

/** What Conscrypt can do. */
final class ConscryptCapabilities {
    private ConscryptCapabilities() {}

    static Capabilities of(Provider provider) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS", provider);
        context.init(null, null, null);
        // Asked of the context and not of an engine, which would hold two file descriptors.
        String[] suites = context.getSupportedSSLParameters().getCipherSuites();
        return Capabilities.builder()
                // TLS 1.0 and 1.1 can be had only for the whole process, for good.
                .versions(List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3))
                .cipherSuites(Arrays.stream(suites)
                        // No pre-shared keys in the API, and no suite is meant by a signalling value.
                        .filter(suite -> !suite.contains("_PSK_") && !suite.endsWith("_SCSV"))
                        .collect(Collectors.toList()))
                .groups(List.of(
                        NamedGroup.X25519MLKEM768,
                        NamedGroup.X25519,
                        NamedGroup.SECP256R1,
                        NamedGroup.SECP384R1,
                        NamedGroup.SECP521R1))
                // BoringSSL offers no scheme for RSASSA-PSS keys and none for Ed25519, so its own clients could not
                // verify a server with such a key.
                .keyAlgorithms(List.of("RSA", "EC"))
                // It has more for other purposes, and breaks off when it reads its own certificate.
                .keyCurves(List.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1))
                .sessionTickets(List.of(2, 0))
                // Its setters have no signature schemes, and the list of SSLParameters goes unread.
                .features(features())
                .build();
    }

    private static Set<Feature> features() {
        // Missing, each found by experiment: TLS 1.3 suites cannot be chosen; the server's order always counts; ALPN
        // names are ASCII; the alert is always certificate_unknown; nothing can be written after the peer's
        // close_notify; of TLS 1.3 there is no key log; there is one switch for the tickets of all versions; a
        // server's native cache has the size that it has, and a session of TLS 1.3 BoringSSL's two days.
        Set<Feature> features = EnumSet.of(
                Feature.GROUP_CHOICE,
                Feature.GROUP_ORDER,
                Feature.ANY_SERVER_NAME,
                Feature.KEYING_MATERIAL_EXPORT,
                Feature.TLS_UNIQUE,
                Feature.SESSION_RESUMPTION_TLS12,
                Feature.SESSION_RESUMPTION_TLS13,
                Feature.SESSION_TICKETS_TLS12,
                Feature.SESSION_TICKET_CHOICE,
                Feature.SESSION_TIMEOUT_TLS12);
        if (responsesShown()) {
            features.add(Feature.OCSP_STAPLING_TLS12);
            features.add(Feature.OCSP_STAPLING_TLS13);
        }
        if (AnyServerName.sendable()) {
            features.add(Feature.DOTLESS_SERVER_NAME);
        }
        if (MasterSecret.readable()) {
            features.add(Feature.KEY_LOG_TLS12);
        }
        return features;
    }

    /** Whether a session shows the OCSP response that was stapled; on Android {@link ExtendedSSLSession} has no such method. */
    private static boolean responsesShown() {
        return Arrays.stream(ExtendedSSLSession.class.getMethods())
                .anyMatch(method -> method.getName().equals("getStatusResponses"));
    }
}
