package io.omnitls.spi;

import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a backend can really do in this process. What is in a list works; what is not is refused when a context is
 * built.
 *
 * @param versions the versions it negotiates, oldest first
 * @param cipherSuites the registry (IANA) names of the suites it negotiates, in its own order of preference
 * @param groups the named groups it negotiates, in its own order of preference
 * @param keyAlgorithms the kinds of private key it authenticates with, as {@link java.security.Key#getAlgorithm} names
 *     them: RSA, RSASSA-PSS, EC, Ed25519, Ed448, DSA
 * @param sessionTickets how many session tickets its TLS 1.3 server can send after a handshake, its own choice first;
 *     never empty
 * @param signatureSchemes the signature schemes that can be chosen, in its own order of preference; empty where nobody
 *     but the backend chooses
 * @param features what it can do beyond that
 * @param limits what it takes of a peer at the most
 */
public record Capabilities(
        List<TlsVersion> versions,
        List<String> cipherSuites,
        List<NamedGroup> groups,
        List<String> keyAlgorithms,
        List<Integer> sessionTickets,
        List<SignatureScheme> signatureSchemes,
        Set<Feature> features,
        Limits limits) {

    public Capabilities {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
        keyAlgorithms = List.copyOf(keyAlgorithms);
        sessionTickets = List.copyOf(sessionTickets);
        signatureSchemes = List.copyOf(signatureSchemes);
        features = Set.copyOf(features);
    }

    /** What a backend with OpenSSL's limits can do. */
    public Capabilities(
            List<TlsVersion> versions,
            List<String> cipherSuites,
            List<NamedGroup> groups,
            List<String> keyAlgorithms,
            List<Integer> sessionTickets,
            List<SignatureScheme> signatureSchemes,
            Set<Feature> features) {
        this(
                versions,
                cipherSuites,
                groups,
                keyAlgorithms,
                sessionTickets,
                signatureSchemes,
                features,
                Limits.ofMessage(Limits.OPENSSL_MESSAGE));
    }

    /** Whether the backend has this feature. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** Whether the backend negotiates this suite. */
    public boolean has(CipherSuite suite) {
        return cipherSuites.contains(suite.ianaName());
    }

    /** The features that are missing, in order of declaration. */
    public List<Feature> missing() {
        EnumSet<Feature> missing = EnumSet.allOf(Feature.class);
        missing.removeAll(features);
        return List.copyOf(missing);
    }
}
