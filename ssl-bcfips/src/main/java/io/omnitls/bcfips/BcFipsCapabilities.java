package io.omnitls.bcfips;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.Feature;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.util.Properties;

/** What BC-FIPS can do in this process: that depends on its mode and on {@code jdk.tls.disabledAlgorithms}. */
final class BcFipsCapabilities {
    private static final String ALLOW_MULTI_USE = "org.bouncycastle.rsa.allow_multi_use";

    /** In the backend's order of preference. */
    private static final List<NamedGroup> APPROVED_GROUPS = List.of(
            NamedGroup.SECP256R1,
            NamedGroup.SECP384R1,
            NamedGroup.SECP521R1,
            NamedGroup.FFDHE2048,
            NamedGroup.FFDHE3072,
            NamedGroup.FFDHE4096,
            NamedGroup.FFDHE6144,
            NamedGroup.FFDHE8192);

    /** In the backend's order of preference. */
    private static final List<NamedGroup> ALL_GROUPS = List.of(
            NamedGroup.X25519,
            NamedGroup.SECP256R1,
            NamedGroup.SECP384R1,
            NamedGroup.X448,
            NamedGroup.SECP521R1,
            NamedGroup.FFDHE2048,
            NamedGroup.FFDHE3072,
            NamedGroup.FFDHE4096,
            NamedGroup.FFDHE6144,
            NamedGroup.FFDHE8192);

    /** In TLS 1.3 it has a scheme for the first three alone. */
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

    /** In the backend's order of preference; it would pass over a name that is not among them. */
    private static final List<SignatureScheme> APPROVED_SCHEMES = List.of(
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

    /** The same. */
    private static final List<SignatureScheme> ALL_SCHEMES = Stream.concat(
                    Stream.of(SignatureScheme.ED25519, SignatureScheme.ED448), APPROVED_SCHEMES.stream())
            .toList();

    private BcFipsCapabilities() {}

    static Capabilities of(Provider jsse, CryptoServices crypto, ApprovedMode mode) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS", jsse);
        context.init(new KeyManager[0], new TrustManager[0], crypto.random());
        return Capabilities.builder()
                .versions(versions(context))
                .cipherSuites(inOrderOfPreference(context).stream()
                        .filter(worksIn(mode))
                        .filter(suite -> offered(context, suite))
                        .toList())
                .groups(mode == ApprovedMode.APPROVED_ONLY ? APPROVED_GROUPS : ALL_GROUPS)
                .keyAlgorithms(
                        mode == ApprovedMode.APPROVED_ONLY
                                ? List.of("RSA", "RSASSA-PSS", "EC")
                                : List.of("RSA", "RSASSA-PSS", "EC", "Ed25519", "Ed448", "DSA"))
                .keyCurves(KEY_CURVES)
                // The backend resumes TLS 1.2 by session id alone: it sends no tickets, and drops those of others.
                .sessionTickets(List.of(0))
                .signatureSchemes(mode == ApprovedMode.APPROVED_ONLY ? APPROVED_SCHEMES : ALL_SCHEMES)
                .features(features(mode))
                .limits(BcFipsLimits.ofProcess())
                .build();
    }

    /** TLS 1.0 and 1.1 would need a security property to be changed before the backend's classes are loaded. */
    private static List<TlsVersion> versions(SSLContext context) {
        return Arrays.stream(context.getDefaultSSLParameters().getProtocols())
                .map(TlsVersion::of)
                .filter(version -> version.atLeast(TlsVersion.TLS_1_2))
                .sorted()
                .toList();
    }

    /** The backend's defaults are in order of preference, all else is in order of names and comes after them. */
    private static Set<String> inOrderOfPreference(SSLContext context) {
        // The backend puts CHACHA20 before AES-GCM, which is right where it computes AES in Java.
        boolean aesIsFast = CryptoServicesRegistrar.getNativeServices().hasService("AES/GCM");
        Set<String> suites = Arrays.stream(context.getDefaultSSLParameters().getCipherSuites())
                .sorted(Comparator.comparing(suite -> aesIsFast && suite.contains("_CHACHA20_")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        suites.addAll(List.of(context.getSupportedSSLParameters().getCipherSuites()));
        return suites;
    }

    /** What the backend would offer but cannot carry through. */
    private static Predicate<String> worksIn(ApprovedMode mode) {
        // The module may sign or decrypt with an RSA modulus but never both: after one connection with TLS_RSA_* the
        // server's key is of no use for any other suite, for as long as the process lives.
        Predicate<String> keyTransport = suite -> suite.startsWith("TLS_RSA_");
        // Approved mode verifies DSA signatures but makes none.
        Predicate<String> dsa = suite -> suite.contains("_DSS_");
        if (mode == ApprovedMode.APPROVED_ONLY) {
            return keyTransport.or(dsa).negate();
        }
        return Properties.isOverrideSet(ALLOW_MULTI_USE) ? suite -> true : keyTransport.negate();
    }

    /** Whether the backend would send this suite, found out by asking it for a ClientHello with nothing else. */
    private static boolean offered(SSLContext context, String suite) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledCipherSuites(new String[] {suite});
        try {
            engine.beginHandshake();
            return true;
        } catch (SSLException | IllegalStateException disabled) {
            return false;
        }
    }

    private static Set<Feature> features(ApprovedMode mode) {
        EnumSet<Feature> features = EnumSet.of(
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
        if (mode == ApprovedMode.APPROVED_ONLY) {
            features.add(Feature.FIPS);
        } else {
            // It would work in approved mode too, but a module that hands its secrets out is not in that mode any more.
            features.add(Feature.KEY_LOG_TLS12);
            features.add(Feature.KEY_LOG_TLS13);
        }
        return features;
    }
}
