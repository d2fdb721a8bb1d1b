package io.omnitls.testkit;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import io.omnitls.spi.Limits;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds BC-FIPS to the contracts, in general and in approved mode. */
class BcFipsContractTest implements ProviderContracts {
    private static final Set<Feature> FEATURES = Set.of(
            Feature.CLIENT_CIPHER_PREFERENCE,
            Feature.TLS13_CIPHER_CHOICE,
            Feature.GROUP_CHOICE,
            Feature.GROUP_ORDER,
            Feature.SIGNATURE_SCHEME_ORDER,
            Feature.DOTLESS_SERVER_NAME,
            Feature.KEY_ENCIPHERMENT_SIGNATURES,
            Feature.ANY_SERVER_NAME,
            Feature.KEYING_MATERIAL_EXPORT,
            Feature.TLS_UNIQUE,
            Feature.SESSION_RESUMPTION_TLS12,
            Feature.SESSION_CACHE_SIZE,
            Feature.SESSION_TIMEOUT_TLS12,
            Feature.OCSP_STAPLING_TLS12,
            Feature.EXACT_VERIFY_ALERT);

    private static final List<TlsVersion> VERSIONS = List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);

    private static final List<SignatureScheme> SCHEMES = List.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256,
            SignatureScheme.ECDSA_SECP384R1_SHA384,
            SignatureScheme.ECDSA_SECP521R1_SHA512,
            SignatureScheme.RSA_PSS_PSS_SHA256,
            SignatureScheme.RSA_PSS_PSS_SHA384,
            SignatureScheme.RSA_PSS_PSS_SHA512,
            SignatureScheme.RSA_PSS_RSAE_SHA256,
            SignatureScheme.RSA_PSS_RSAE_SHA384,
            SignatureScheme.RSA_PSS_RSAE_SHA512,
            SignatureScheme.RSA_PKCS1_SHA256,
            SignatureScheme.RSA_PKCS1_SHA384,
            SignatureScheme.RSA_PKCS1_SHA512);

    private static final Limits LIMITS = new Limits(10, 8, Limits.OPENSSL_MESSAGE);

    private static final List<NamedGroup> KEY_CURVES = Stream.of(
                    "secp256r1",
                    "secp384r1",
                    "secp521r1",
                    "secp224r1",
                    "secp256k1",
                    "brainpoolP256r1",
                    "brainpoolP384r1",
                    "brainpoolP512r1")
            .map(name -> NamedGroup.of(name).orElseThrow())
            .toList();

    private static final Capabilities GENERAL = Capabilities.builder()
            .versions(VERSIONS)
            .cipherSuites(List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"))
            .groups(List.of(
                    NamedGroup.X25519,
                    NamedGroup.SECP256R1,
                    NamedGroup.SECP384R1,
                    NamedGroup.X448,
                    NamedGroup.SECP521R1,
                    NamedGroup.FFDHE2048,
                    NamedGroup.FFDHE3072,
                    NamedGroup.FFDHE4096,
                    NamedGroup.FFDHE6144,
                    NamedGroup.FFDHE8192))
            .keyAlgorithms(List.of("RSA", "RSASSA-PSS", "EC", "Ed25519", "Ed448", "DSA"))
            .keyCurves(KEY_CURVES)
            .sessionTickets(List.of(0))
            .signatureSchemes(Stream.concat(Stream.of(SignatureScheme.ED25519, SignatureScheme.ED448), SCHEMES.stream())
                    .toList())
            .features(Stream.concat(FEATURES.stream(), Stream.of(Feature.KEY_LOG_TLS12, Feature.KEY_LOG_TLS13))
                    .collect(Collectors.toSet()))
            .limits(LIMITS)
            .build();

    private static final Capabilities APPROVED_ONLY = Capabilities.builder()
            .versions(VERSIONS)
            .cipherSuites(List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"))
            .groups(List.of(
                    NamedGroup.SECP256R1,
                    NamedGroup.SECP384R1,
                    NamedGroup.SECP521R1,
                    NamedGroup.FFDHE2048,
                    NamedGroup.FFDHE3072,
                    NamedGroup.FFDHE4096,
                    NamedGroup.FFDHE6144,
                    NamedGroup.FFDHE8192))
            .keyAlgorithms(List.of("RSA", "RSASSA-PSS", "EC"))
            .keyCurves(KEY_CURVES)
            .sessionTickets(List.of(0))
            .signatureSchemes(SCHEMES)
            .features(Stream.concat(FEATURES.stream(), Stream.of(Feature.FIPS)).collect(Collectors.toSet()))
            .limits(LIMITS)
            .build();

    private static final ProviderFixture FIXTURE = new ProviderFixture(
            "bcfips", Boolean.getBoolean("org.bouncycastle.fips.approved_only") ? APPROVED_ONLY : GENERAL);

    @Override
    public ProviderFixture fixture() {
        return FIXTURE;
    }
}
