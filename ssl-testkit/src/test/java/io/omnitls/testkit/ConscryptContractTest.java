package io.omnitls.testkit;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import java.util.List;
import java.util.Set;

/** Holds Conscrypt to the contracts. */
class ConscryptContractTest implements ProviderContracts {
    private static final ProviderFixture FIXTURE = new ProviderFixture(
            "conscrypt",
            Capabilities.builder()
                    .versions(List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3))
                    .cipherSuites(List.of(
                            "TLS_AES_128_GCM_SHA256",
                            "TLS_AES_256_GCM_SHA384",
                            "TLS_CHACHA20_POLY1305_SHA256",
                            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))
                    .groups(List.of(
                            NamedGroup.X25519MLKEM768,
                            NamedGroup.X25519,
                            NamedGroup.SECP256R1,
                            NamedGroup.SECP384R1,
                            NamedGroup.SECP521R1))
                    .keyAlgorithms(List.of("RSA", "EC"))
                    .keyCurves(List.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1))
                    .sessionTickets(List.of(2, 0))
                    .features(Set.of(
                            Feature.GROUP_CHOICE,
                            Feature.GROUP_ORDER,
                            Feature.DOTLESS_SERVER_NAME,
                            Feature.ANY_SERVER_NAME,
                            Feature.KEYING_MATERIAL_EXPORT,
                            Feature.TLS_UNIQUE,
                            Feature.KEY_LOG_TLS12,
                            Feature.SESSION_RESUMPTION_TLS12,
                            Feature.SESSION_RESUMPTION_TLS13,
                            Feature.SESSION_TICKETS_TLS12,
                            Feature.SESSION_TICKET_CHOICE,
                            Feature.SESSION_TIMEOUT_TLS12,
                            Feature.OCSP_STAPLING_TLS12,
                            Feature.OCSP_STAPLING_TLS13))
                    .build());

    @Override
    public ProviderFixture fixture() {
        return FIXTURE;
    }
}
