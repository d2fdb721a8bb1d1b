package io.omnitls.spi;

import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a backend can really do in this process. What is in a list works; what is not is refused when a context is
 * built. An immutable value, which later versions of this library may ask more of: what a builder is not told, a backend
 * does not have.
 */
public final class Capabilities {
    private final List<TlsVersion> versions;
    private final List<String> cipherSuites;
    private final List<NamedGroup> groups;
    private final List<String> keyAlgorithms;
    private final List<NamedGroup> keyCurves;
    private final List<Integer> sessionTickets;
    private final List<SignatureScheme> signatureSchemes;
    private final Set<Feature> features;
    private final Limits limits;

    private Capabilities(Builder builder) {
        versions = builder.versions;
        cipherSuites = builder.cipherSuites;
        groups = builder.groups;
        keyAlgorithms = builder.keyAlgorithms;
        keyCurves = builder.keyCurves;
        sessionTickets = builder.sessionTickets;
        signatureSchemes = builder.signatureSchemes;
        features = builder.features;
        limits = builder.limits;
        if (sessionTickets.isEmpty()) {
            throw new IllegalArgumentException("a server sends some number of tickets, be it 0");
        }
    }

    /** Starts one that can do nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts from this one. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The versions it negotiates, oldest first. */
    public List<TlsVersion> versions() {
        return versions;
    }

    /** The registry (IANA) names of the suites it negotiates, in its own order of preference. */
    public List<String> cipherSuites() {
        return cipherSuites;
    }

    /** The named groups it negotiates, in its own order of preference. */
    public List<NamedGroup> groups() {
        return groups;
    }

    /**
     * The kinds of private key it authenticates with, as {@link java.security.Key#getAlgorithm} names them: RSA,
     * RSASSA-PSS, EC, Ed25519, Ed448, DSA.
     */
    public List<String> keyAlgorithms() {
        return keyAlgorithms;
    }

    /**
     * The curves of the EC keys it authenticates with. In TLS 1.3 a scheme is for one curve: of these, those count that one of
     * {@link #signatureSchemes} is for, where there are any.
     */
    public List<NamedGroup> keyCurves() {
        return keyCurves;
    }

    /**
     * How many session tickets its TLS 1.3 server can send after a handshake, its own choice first; never empty, and 0
     * alone unless it is told.
     */
    public List<Integer> sessionTickets() {
        return sessionTickets;
    }

    /**
     * The signature schemes that can be chosen, in its own order of preference; empty where nobody but the backend
     * chooses.
     */
    public List<SignatureScheme> signatureSchemes() {
        return signatureSchemes;
    }

    /** What it can do beyond that. */
    public Set<Feature> features() {
        return features;
    }

    /** What it takes of a peer at the most; OpenSSL's limits unless it is told. */
    public Limits limits() {
        return limits;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Capabilities that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        return "Capabilities" + facts();
    }

    private List<Object> facts() {
        return Arrays.asList(
                versions,
                cipherSuites,
                groups,
                keyAlgorithms,
                keyCurves,
                sessionTickets,
                signatureSchemes,
                features,
                limits);
    }

    /** What a backend can do, in any order. Not thread-safe. */
    public static final class Builder {
        private List<TlsVersion> versions = List.of();
        private List<String> cipherSuites = List.of();
        private List<NamedGroup> groups = List.of();
        private List<String> keyAlgorithms = List.of();
        private List<NamedGroup> keyCurves = List.of();
        private List<Integer> sessionTickets = List.of(0);
        private List<SignatureScheme> signatureSchemes = List.of();
        private Set<Feature> features = Set.of();
        private Limits limits = Limits.ofMessage(Limits.OPENSSL_MESSAGE);

        private Builder() {}

        private Builder(Capabilities from) {
            versions = from.versions;
            cipherSuites = from.cipherSuites;
            groups = from.groups;
            keyAlgorithms = from.keyAlgorithms;
            keyCurves = from.keyCurves;
            sessionTickets = from.sessionTickets;
            signatureSchemes = from.signatureSchemes;
            features = from.features;
            limits = from.limits;
        }

        /** See {@link Capabilities#versions}. */
        public Builder versions(List<TlsVersion> versions) {
            this.versions = List.copyOf(versions);
            return this;
        }

        /** See {@link Capabilities#cipherSuites}. */
        public Builder cipherSuites(List<String> cipherSuites) {
            this.cipherSuites = List.copyOf(cipherSuites);
            return this;
        }

        /** See {@link Capabilities#groups}. */
        public Builder groups(List<NamedGroup> groups) {
            this.groups = List.copyOf(groups);
            return this;
        }

        /** See {@link Capabilities#keyAlgorithms}. */
        public Builder keyAlgorithms(List<String> keyAlgorithms) {
            this.keyAlgorithms = List.copyOf(keyAlgorithms);
            return this;
        }

        /** See {@link Capabilities#keyCurves}. */
        public Builder keyCurves(List<NamedGroup> keyCurves) {
            this.keyCurves = List.copyOf(keyCurves);
            return this;
        }

        /** See {@link Capabilities#sessionTickets}. */
        public Builder sessionTickets(List<Integer> sessionTickets) {
            this.sessionTickets = List.copyOf(sessionTickets);
            return this;
        }

        /** See {@link Capabilities#signatureSchemes}. */
        public Builder signatureSchemes(List<SignatureScheme> signatureSchemes) {
            this.signatureSchemes = List.copyOf(signatureSchemes);
            return this;
        }

        /** See {@link Capabilities#features}. */
        public Builder features(Set<Feature> features) {
            this.features = Set.copyOf(features);
            return this;
        }

        /** See {@link Capabilities#limits}. */
        public Builder limits(Limits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** What has been said so far. */
        public Capabilities build() {
            return new Capabilities(this);
        }
    }
}
