package io.omnitls.testkit;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import io.omnitls.spi.Limits;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Holds SunJSSE to the contracts. */
class JsseContractTest implements ProviderContracts {
    private static final ProviderFixture FIXTURE = new ProviderFixture(
            "jsse",
            Capabilities.builder()
                    .versions(List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3))
                    .cipherSuites(List.of(
                            "TLS_AES_256_GCM_SHA384",
                            "TLS_AES_128_GCM_SHA256",
                            "TLS_CHACHA20_POLY1305_SHA256",
                            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"))
                    .groups(List.of(
                            NamedGroup.X25519,
                            NamedGroup.SECP256R1,
                            NamedGroup.SECP384R1,
                            NamedGroup.SECP521R1,
                            NamedGroup.X448,
                            NamedGroup.FFDHE2048,
                            NamedGroup.FFDHE3072,
                            NamedGroup.FFDHE4096,
                            NamedGroup.FFDHE6144,
                            NamedGroup.FFDHE8192))
                    .keyAlgorithms(List.of("RSA", "RSASSA-PSS", "EC", "Ed25519", "Ed448", "DSA"))
                    .keyCurves(List.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1))
                    .sessionTickets(List.of(1, 0))
                    .signatureSchemes(List.of(
                            SignatureScheme.ECDSA_SECP256R1_SHA256,
                            SignatureScheme.ECDSA_SECP384R1_SHA384,
                            SignatureScheme.ECDSA_SECP521R1_SHA512,
                            SignatureScheme.ED25519,
                            SignatureScheme.ED448,
                            SignatureScheme.RSA_PSS_RSAE_SHA256,
                            SignatureScheme.RSA_PSS_RSAE_SHA384,
                            SignatureScheme.RSA_PSS_RSAE_SHA512,
                            SignatureScheme.RSA_PSS_PSS_SHA256,
                            SignatureScheme.RSA_PSS_PSS_SHA384,
                            SignatureScheme.RSA_PSS_PSS_SHA512,
                            SignatureScheme.RSA_PKCS1_SHA256,
                            SignatureScheme.RSA_PKCS1_SHA384,
                            SignatureScheme.RSA_PKCS1_SHA512))
                    .features(features())
                    // JDK 23 brought a limit of its own for the certificates of clients.
                    .limits(new Limits(10, Runtime.version().feature() >= 23 ? 8 : 10, 32_768))
                    .build());

    /** JDK 19 brought the order of signature schemes, JDK 20 that of groups. */
    private static Set<Feature> features() {
        EnumSet<Feature> features = EnumSet.of(
                Feature.CLIENT_CIPHER_PREFERENCE,
                Feature.TLS13_CIPHER_CHOICE,
                Feature.GROUP_CHOICE,
                Feature.BINARY_ALPN,
                Feature.DOTLESS_SERVER_NAME,
                Feature.KEY_ENCIPHERMENT_SIGNATURES,
                Feature.SESSION_RESUMPTION_TLS12,
                Feature.SESSION_RESUMPTION_TLS13,
                Feature.SESSION_TICKETS_TLS12,
                Feature.SESSION_TICKET_CHOICE,
                Feature.STATEFUL_TICKETS_TLS13,
                Feature.SESSION_CACHE_SIZE,
                Feature.SESSION_TIMEOUT_TLS12,
                Feature.SESSION_TIMEOUT_TLS13,
                Feature.OCSP_STAPLING_TLS12,
                Feature.OCSP_STAPLING_TLS13,
                Feature.DH_PARAMETERS,
                Feature.KEYING_MATERIAL_EXPORT,
                Feature.TLS_UNIQUE,
                Feature.KEY_LOG_TLS12,
                Feature.KEY_LOG_TLS13,
                Feature.HALF_CLOSE);
        if (Runtime.version().feature() >= 19) {
            features.add(Feature.SIGNATURE_SCHEME_ORDER);
        }
        if (Runtime.version().feature() >= 20) {
            features.add(Feature.GROUP_ORDER);
        }
        return features;
    }

    @Override
    public ProviderFixture fixture() {
        return FIXTURE;
    }
}
