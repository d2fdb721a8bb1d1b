package io.omnitls.internal.verify;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.internal.x509.KeyScheme;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.internal.x509.SigningSchemes;
import io.omnitls.protocol.TlsVersion;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among a context's identities. A client's is chosen by key type and by the issuers that the server names, or by
 * key type alone when none has such an issuer, as OpenSSL does, which lets the server decide. A server's was chosen by
 * {@link ServerIdentities}, and a backend that asks for another kind of key hears that there is none: SunJSSE and BC-FIPS ask
 * for the kinds one after the other and Conscrypt takes the last one that it is given.
 */
public final class ContextKeyManager extends X509ExtendedKeyManager {
    private final List<CertifiedKey> identities;
    private final List<String> aliases; // of each of identities: its place
    private final SigningSchemes own;
    private final boolean onlyNamedIssuers;

    /**
     * @param identities in order of preference
     * @param own what they sign by
     * @param onlyNamedIssuers whether a client keeps its certificate back when the server names other issuers
     */
    public ContextKeyManager(List<CertifiedKey> identities, SigningSchemes own, boolean onlyNamedIssuers) {
        this.identities = List.copyOf(identities);
        this.aliases = IntStream.range(0, identities.size())
                .mapToObj(Integer::toString)
                .collect(Collectors.toList());
        this.own = own;
        this.onlyNamedIssuers = onlyNamedIssuers;
    }

    private @Nullable String chooseClient(
            String[] keyTypes, Principal @Nullable [] issuers, Predicate<CertifiedKey> verifiable) {
        PeerAuthentication.current().ifPresent(PeerAuthentication::asked);
        String named = choose(keyTypes, issuers, verifiable);
        return named != null || onlyNamedIssuers ? named : choose(keyTypes, null, verifiable);
    }

    private @Nullable String choose(
            String[] keyTypes, Principal @Nullable [] issuers, Predicate<CertifiedKey> verifiable) {
        // The peer's order of key types counts more than ours of identities: it lists what it can verify best first.
        for (String keyType : keyTypes) {
            String[] fitting = aliases(keyType, issuers, verifiable);
            if (fitting != null) {
                return fitting[0];
            }
        }
        return null;
    }

    private @Nullable String chooseServer(String keyType, Principal @Nullable [] issuers) {
        Optional<CertifiedKey> answering = PeerAuthentication.current().flatMap(PeerAuthentication::answering);
        if (answering.isEmpty()) {
            return choose(new String[] {keyType}, issuers, any -> true);
        }
        // RFC 8446 4.4.2.2: the issuers that a client names are a wish, which was heard when the identity was chosen.
        return fits(answering.get(), keyType) ? aliases.get(identities.indexOf(answering.get())) : null;
    }

    /**
     * Backends name key types after the key (RSA, EC, EdDSA, RSASSA-PSS), the key exchange (ECDHE_ECDSA, DHE_RSA), the
     * curve (EC/secp256r1) or the scheme (Ed25519).
     */
    private static boolean fits(CertifiedKey identity, String keyType) {
        String algorithm = kind(identity);
        int slash = keyType.indexOf('/');
        String type = slash < 0 ? keyType : keyType.substring(0, slash);
        return switch (type) {
            case "EC", "ECDSA", "ECDHE_ECDSA", "EC_EC" -> algorithm.equals("EC");
            case "RSA", "DHE_RSA", "ECDHE_RSA", "KE:RSA" -> algorithm.equals("RSA");
            case "EdDSA" -> algorithm.startsWith("Ed");
            case "DSA", "DHE_DSS" -> algorithm.equals("DSA");
            default -> algorithm.equalsIgnoreCase(type);
        };
    }

    private static String kind(CertifiedKey identity) {
        return key(identity).kind().orElse("");
    }

    private static PublicKeyInfo key(CertifiedKey identity) {
        return ChainVerifier.viewed(identity.leaf()).publicKey();
    }

    /** An empty list of issuers means any (RFC 5246 section 7.4.4). */
    private static boolean issuedByOneOf(CertifiedKey identity, Principal @Nullable [] issuers) {
        if (issuers == null || issuers.length == 0) {
            return true;
        }
        Set<Principal> accepted = new HashSet<>(Arrays.asList(issuers));
        return identity.chain().stream()
                .anyMatch(certificate -> accepted.contains(certificate.getIssuerX500Principal()));
    }

    private @Nullable CertifiedKey identity(@Nullable String alias) {
        int index = alias == null ? -1 : aliases.indexOf(alias);
        return index < 0 ? null : identities.get(index);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseClient(keyTypes, issuers, identity -> verifiable(identity, engine));
    }

    /**
     * A scheme of TLS 1.3 is for one curve and for one digest, and a backend that asks by the kind of key alone finds out when
     * there is no way back. The names that it gives to schemes do not tell the curves, but each has a digest of its own.
     */
    private boolean verifiable(CertifiedKey identity, @Nullable SSLEngine engine) {
        SSLSession session = engine == null ? null : engine.getHandshakeSession();
        if (session == null || !session.getProtocol().equals(TlsVersion.TLS_1_3.protocolName())) {
            return true;
        }
        PublicKeyInfo key = key(identity);
        if (!KeyScheme.knows(key)) {
            return true;
        }
        String[] taken = session instanceof ExtendedSSLSession extended
                ? extended.getPeerSupportedSignatureAlgorithms()
                : new String[0];
        return own.tls13(key).stream()
                .anyMatch(id -> taken.length == 0
                        || KeyScheme.ecdsaName(id).map(List.of(taken)::contains).orElse(true));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return accepted(chooseServer(keyType, issuers), keyType, engine);
    }

    /**
     * Some backends ask for a key by the cipher suite alone, and find that the client does not take its signatures when
     * it is too late for another suite.
     */
    private @Nullable String accepted(@Nullable String alias, String keyType, @Nullable SSLEngine engine) {
        CertifiedKey identity = identity(alias);
        if (identity == null
                || engine == null
                || keyType.startsWith("KE:")
                || !(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
            return alias;
        }
        String[] signatures = session.getPeerSupportedSignatureAlgorithms();
        String key = kind(identity);
        return signatures.length == 0 || Arrays.stream(signatures).anyMatch(name -> isBy(key, name)) ? alias : null;
    }

    /** Whether a signature of this name, such as SHA256withECDSA, is made with a key of this kind. */
    private static boolean isBy(String key, String signature) {
        return switch (key) {
            case "EC" -> signature.endsWith("ECDSA");
            case "RSA" -> signature.contains("RSA");
            case "RSASSA-PSS" -> signature.contains("PSS") || signature.endsWith("MGF1");
            case "DSA" -> signature.endsWith("withDSA");
            default -> signature.startsWith("Ed");
        };
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseClient(keyTypes, issuers, any -> true);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseServer(keyType, issuers);
    }

    /** Those that have one of the issuers, which is what a backend asks for that looks for more than the kind of key. */
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType, issuers, any -> true);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType, issuers, any -> true);
    }

    private String @Nullable [] aliases(
            String keyType, Principal @Nullable [] issuers, Predicate<CertifiedKey> verifiable) {
        String[] fitting = IntStream.range(0, identities.size())
                .filter(i -> fits(identities.get(i), keyType) && issuedByOneOf(identities.get(i), issuers))
                .filter(i -> verifiable.test(identities.get(i)))
                .mapToObj(aliases::get)
                .toArray(String[]::new);
        return fitting.length == 0 ? null : fitting;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        CertifiedKey identity = identity(alias);
        return identity == null ? null : identity.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        CertifiedKey identity = identity(alias);
        if (identity == null) {
            return null;
        }
        PeerAuthentication.current().ifPresent(connection -> connection.shown(key(identity)));
        return identity.privateKey();
    }
}
