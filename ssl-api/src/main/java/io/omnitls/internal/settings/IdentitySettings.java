package io.omnitls.internal.settings;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.internal.verify.AutoChain;
import io.omnitls.internal.verify.IdentityCheck;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.protocol.TlsVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Who this end is.
 *
 * @param credentials in order of preference
 * @param autoChain whether a certificate without issuers is sent with those that this end trusts
 * @param onlyNamedIssuers whether a client keeps its certificate back when the server names other authorities
 */
public record IdentitySettings(List<Credentials> credentials, boolean autoChain, boolean onlyNamedIssuers) {
    /** No identity; chains are completed, and what a peer names as its issuers decides nothing. */
    public static final IdentitySettings DEFAULT = new IdentitySettings(List.of(), true, false);

    public IdentitySettings {
        credentials = List.copyOf(credentials);
    }

    /** The same with one more identity. */
    public IdentitySettings with(Credentials identity) {
        List<Credentials> longer = new ArrayList<>(credentials);
        longer.add(identity);
        return new IdentitySettings(longer, autoChain, onlyNamedIssuers);
    }

    /** The same without an identity. */
    public IdentitySettings withoutCredentials() {
        return new IdentitySettings(List.of(), autoChain, onlyNamedIssuers);
    }

    /** The same, and whether a certificate without issuers is sent with those that are trusted. */
    public IdentitySettings withAutoChain(boolean complete) {
        return new IdentitySettings(credentials, complete, onlyNamedIssuers);
    }

    /** The same, and whether a client shows a certificate only to a server that names an issuer of it. */
    public IdentitySettings withOnlyNamedIssuers(boolean strict) {
        return new IdentitySettings(credentials, autoChain, strict);
    }

    /**
     * Loads the identities with the provider's cryptography and checks that the backend can use them.
     *
     * @param versions those that were asked for
     * @throws io.omnitls.error.UnsupportedFeatureException when one of the keys is of no use in any of these
     */
    public List<CertifiedKey> load(
            Requirements requirements, SecurityLevel level, TrustAnchors anchors, List<TlsVersion> versions)
            throws TlsException {
        IdentityCheck check = new IdentityCheck(level);
        AutoChain chain = new AutoChain(anchors);
        List<CertifiedKey> identities = new ArrayList<>();
        for (Credentials source : credentials) {
            CertifiedKey loaded = source.load(requirements.provider().crypto());
            PublicKeyInfo key = check.key(loaded); // what cannot be read has no issuers to find
            CertifiedKey identity = autoChain ? chain.complete(loaded) : loaded;
            KeyUse use = new KeyUse(requirements, key);
            use.requireKind();
            check.require(identity);
            use.requireIn(versions);
            identities.add(identity);
        }
        return List.copyOf(identities);
    }
}
