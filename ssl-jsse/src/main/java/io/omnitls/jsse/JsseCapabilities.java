package io.omnitls.jsse;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** What SunJSSE can do in this process. */
final class JsseCapabilities {
    /** SunJSSE's own order of preference, on JDK 17 and 25. */
    static final List<NamedGroup> GROUPS = List.of(
            NamedGroup.X25519,
            NamedGroup.SECP256R1,
            NamedGroup.SECP384R1,
            NamedGroup.SECP521R1,
            NamedGroup.X448,
            NamedGroup.FFDHE2048,
            NamedGroup.FFDHE3072,
            NamedGroup.FFDHE4096,
            NamedGroup.FFDHE6144,
            NamedGroup.FFDHE8192);

    /**
     * The same for signature schemes. Those with SHA-1 and SHA-224 are left out: one JDK has them and another has not.
     */
    private static final List<SignatureScheme> SIGNATURE_SCHEMES = List.of(
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
            SignatureScheme.RSA_PKCS1_SHA512);

    private JsseCapabilities() {}

    static Capabilities of(Provider backend) {
        SSLEngine engine = serverEngine(backend);
        return Capabilities.builder()
                // Supported but disabled protocols (jdk.tls.disabledAlgorithms) fail with "No appropriate protocol";
                // a server's default ones are those that work.
                .versions(versions(engine.getEnabledProtocols()))
                .cipherSuites(Arrays.stream(engine.getEnabledCipherSuites())
                        .filter(suite -> !suite.endsWith("_SCSV"))
                        .toList())
                .groups(GROUPS)
                .keyAlgorithms(List.of("RSA", "RSASSA-PSS", "EC", "Ed25519", "Ed448", "DSA"))
                .keyCurves(List.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1))
                // JDK 25 could send more, of which a system property decides once for the process.
                .sessionTickets(List.of(1, 0))
                .signatureSchemes(SIGNATURE_SCHEMES)
                .features(features())
                .limits(JsseLimits.ofProcess())
                .build();
    }

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
                Feature.HALF_CLOSE);
        if (JsseGroups.inOrder()) {
            features.add(Feature.GROUP_ORDER);
        }
        if (JsseSignatureSchemes.inOrder()) {
            features.add(Feature.SIGNATURE_SCHEME_ORDER);
        }
        if (JceObserver.works()) {
            features.addAll(List.of(
                    Feature.DH_PARAMETERS,
                    Feature.KEYING_MATERIAL_EXPORT,
                    Feature.TLS_UNIQUE,
                    Feature.KEY_LOG_TLS12,
                    Feature.KEY_LOG_TLS13));
        }
        return features;
    }

    private static List<TlsVersion> versions(String[] names) {
        return Arrays.stream(names)
                .filter(name -> name.startsWith("TLSv1"))
                .map(TlsVersion::of)
                .sorted()
                .toList();
    }

    private static SSLEngine serverEngine(Provider backend) {
        try {
            SSLContext context = SSLContext.getInstance("TLS", backend);
            context.init(null, null, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SunJSSE cannot make a TLS context: " + e.getMessage(), e);
        }
    }
}
