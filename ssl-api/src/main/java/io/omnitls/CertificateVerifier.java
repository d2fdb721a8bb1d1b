package io.omnitls;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.internal.given.Given;
import io.omnitls.internal.verify.ChainVerifier;
import io.omnitls.internal.verify.StaplePolicy;
import io.omnitls.internal.verify.VerifyPolicy;
import io.omnitls.internal.verify.VerifyRules;
import io.omnitls.spi.TlsProvider;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Judges certificates without a connection, as a context of the same settings judges those of its peers: what {@code
 * openssl verify} does, with its codes.
 *
 * <pre>{@code
 * CertificateVerifier verifier = CertificateVerifier.builder()
 *         .verifyLocations(TrustStore.builder().file(cafile).build())
 *         .purpose(Purpose.SERVER)
 *         .build();
 * VerifyResult result = verifier.verify(chain, PeerName.of("example.org"));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class CertificateVerifier {
    private final TlsProvider provider;
    private final ChainVerifier verifier;
    private final Purpose purpose;
    private final VerifyPolicy policy;

    private CertificateVerifier(Builder builder) throws TlsException {
        this.provider = builder.provider.get();
        TrustStore trust = builder.trust.orElseGet(
                () -> TrustStore.builder().systemDefault().build());
        TrustAnchors anchors = trust.load(provider.crypto());
        this.verifier = new ChainVerifier(anchors, provider.crypto());
        this.purpose = builder.purpose;
        VerifyRules rules = new VerifyRules(
                builder.flags,
                builder.securityLevel.minimumBits(),
                builder.maxChainDepth.orElse(builder.profile.maxChainDepth()),
                builder.commonName,
                builder.profile,
                builder.backtracking);
        this.policy = new VerifyPolicy(rules, builder.clock, StaplePolicy.IGNORE);
    }

    /** Starts with what the system trusts, {@link Purpose#ANY}, security level 2 and no flags. */
    public static Builder builder() {
        return new Builder();
    }

    /** By whose rules certificates are judged. */
    public VerifyProfile verifyProfile() {
        return policy.rules().profile();
    }

    /** Whether other paths to a trust anchor are tried where the first one fails. */
    public boolean backtracking() {
        return policy.rules().backtracking();
    }

    /** The provider whose cryptography checks the signatures. */
    public TlsProvider provider() {
        return provider;
    }

    /**
     * The verdict on {@code chain}, whoever it belongs to.
     *
     * @param chain the certificate to judge, and then those that help to find its issuers, in any order
     */
    public VerifyResult verify(List<X509Certificate> chain) {
        return verify(chain, Optional.empty());
    }

    /** The verdict on {@code chain} for somebody who claims to be {@code name}. */
    public VerifyResult verify(List<X509Certificate> chain, PeerName name) {
        return verify(chain, Optional.of(Objects.requireNonNull(name, "name")));
    }

    private VerifyResult verify(List<X509Certificate> chain, Optional<PeerName> name) {
        return verifier.verify(Given.all(chain, "chain"), policy.request(purpose, name));
    }

    /** Collects the settings of a {@link CertificateVerifier}. Not thread-safe; can be used again. */
    public static final class Builder {
        private Supplier<TlsProvider> provider = TlsProviders::preferred;
        private Optional<TrustStore> trust = Optional.empty();
        private Purpose purpose = Purpose.ANY;
        private Set<VerifyFlag> flags = EnumSet.noneOf(VerifyFlag.class);
        private SecurityLevel securityLevel = SecurityLevel.DEFAULT;
        private OptionalInt maxChainDepth = OptionalInt.empty();
        private VerifyProfile profile = VerifyProfile.OPENSSL;
        private boolean backtracking;
        private Clock clock = Clock.systemUTC();
        private boolean commonName;

        private Builder() {}

        /** Chooses the crypto backend by {@link TlsProvider#name}; otherwise {@link TlsProviders} chooses. */
        public Builder provider(String name) {
            Objects.requireNonNull(name, "name");
            this.provider = () -> TlsProviders.named(name);
            return this;
        }

        /** Chooses this crypto backend, see {@link ContextBuilder#provider(TlsProvider)}. */
        public Builder provider(TlsProvider instance) {
            Objects.requireNonNull(instance, "instance");
            this.provider = () -> TlsProviders.requireWorking(instance);
            return this;
        }

        /** Whom to trust, and the revocation lists; what the system trusts unless set. */
        public Builder verifyLocations(TrustStore trustStore) {
            Objects.requireNonNull(trustStore, "trustStore");
            this.trust = Optional.of(trustStore);
            return this;
        }

        /** What the certificates are presented for. */
        public Builder purpose(Purpose presentedFor) {
            Objects.requireNonNull(presentedFor, "presentedFor");
            this.purpose = presentedFor;
            return this;
        }

        /** Changes to the rules; replaces what was set before. */
        public Builder verifyFlags(VerifyFlag... verifyFlags) {
            Given.all(verifyFlags, "verifyFlags");
            this.flags = EnumSet.noneOf(VerifyFlag.class);
            this.flags.addAll(List.of(verifyFlags));
            return this;
        }

        /**
         * OpenSSL's {@code -auth_level}, which bounds key sizes and digests; 2 unless set.
         *
         * @throws IllegalArgumentException when it is outside of 0 to 5
         */
        public Builder securityLevel(int level) {
            this.securityLevel = SecurityLevel.of(level);
            return this;
        }

        /**
         * How many certificates may stand between the leaf and the trust anchor: OpenSSL's {@code -verify_depth};
         * {@link VerifyProfile#maxChainDepth} unless set.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder maxChainDepth(int depth) {
            this.maxChainDepth = OptionalInt.of(VerifyRules.requireDepth(depth));
            return this;
        }

        /**
         * By whose rules; by {@link VerifyProfile#OPENSSL}'s unless set. {@link #build} refuses {@link
         * VerifyProfile#WEBPKI} together with {@link #hostnameChecksCommonName}.
         */
        public Builder verifyProfile(VerifyProfile rules) {
            Objects.requireNonNull(rules, "rules");
            this.profile = rules;
            return this;
        }

        /** Whether other paths are tried where the first one fails: {@link ContextBuilder#backtracking}. */
        public Builder backtracking(boolean otherPaths) {
            this.backtracking = otherPaths;
            return this;
        }

        /**
         * Whether the subject's common name counts where a certificate has no dNSName: {@link
         * ClientContext.Builder#hostnameChecksCommonName}.
         */
        public Builder hostnameChecksCommonName(boolean check) {
            this.commonName = check;
            return this;
        }

        /** The clock that certificates and revocation lists are judged by; the system's unless set. */
        public Builder clock(Clock source) {
            Objects.requireNonNull(source, "source");
            this.clock = source;
            return this;
        }

        /**
         * Loads the files.
         *
         * @throws IllegalArgumentException when no provider has the name, or settings contradict each other
         * @throws TlsException when a file is missing or malformed
         */
        public CertificateVerifier build() throws TlsException {
            return new CertificateVerifier(this);
        }
    }
}
