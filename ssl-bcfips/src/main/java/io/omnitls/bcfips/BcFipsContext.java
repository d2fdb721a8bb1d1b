package io.omnitls.bcfips;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.SecretUse;
import io.omnitls.spi.StandardEngineFactory;
import io.omnitls.spi.TlsEngine;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.jsse.BCSNIServerName;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;

/** One context of BC-FIPS. */
final class BcFipsContext extends StandardEngineFactory {
    private final ApprovedMode approvedMode;

    private BcFipsContext(ContextSpec spec, BcFipsBackend backend) throws TlsException {
        super(adapted(spec, backend), sslContext(backend), backend.crypto());
        this.approvedMode = backend.approvedMode();
    }

    static BcFipsContext open(ContextSpec spec, BcFipsBackend backend) throws TlsException {
        try {
            return BcFipsLimits.raised(() -> new BcFipsContext(spec, backend));
        } catch (AssertionError refusal) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR, "the FIPS module refused: " + EngineFailure.text(refusal), refusal);
        }
    }

    private static SSLContext sslContext(BcFipsBackend backend) throws TlsException {
        try {
            return SSLContext.getInstance("TLS", backend.jsse());
        } catch (NoSuchAlgorithmException e) {
            throw new TlsException(ErrorReason.INTERNAL_ERROR, "BCJSSE has no TLS context", e);
        }
    }

    private static ContextSpec adapted(ContextSpec spec, BcFipsBackend backend) throws TlsException {
        PssKeys own = PssKeys.of(spec.keyManager());
        List<SignatureScheme> schemes = spec.signatureSchemes();
        if (own.limited()) {
            schemes = own.allowed(schemes.isEmpty() ? backend.capabilities().signatureSchemes() : schemes);
        }
        return spec.toBuilder()
                .signatureSchemes(schemes)
                // Left to itself the backend would leave out the largest, which others negotiate.
                .groups(spec.groups().isEmpty() ? backend.capabilities().groups() : spec.groups())
                .keyManager(new BcKeyManager(spec.keyManager(), backend.crypto()))
                .trustManager(new AlertingTrustManager(spec.trustManager()))
                .build();
    }

    /** Takes the server name out again: the backend refuses some names here, and not in its own parameters. */
    @Override
    protected void configure(SSLParameters parameters) {
        // An empty list is not the same as none: without it the backend would send the peer host.
        parameters.setServerNames(List.of());
    }

    /**
     * Not by a selector, for which the backend decodes all that the client offers, and ends at what is no UTF-8 (GREASE, RFC 8701).
     * A list of the one protocol that was chosen, which {@link #dress} sets, is compared byte by byte.
     */
    @Override
    protected void selectProtocol(SSLEngine engine, String protocol) {}

    /** Adds what {@code SSLParameters} of JDK 17 have no room for. */
    @Override
    protected TlsEngine dress(SSLEngine engine, EngineSpec engineSpec) {
        BCSSLEngine bcEngine = (BCSSLEngine) engine;
        BCSSLParameters parameters = bcEngine.getParameters();
        parameters.setNamedGroups(groupNames().toArray(String[]::new));
        if (!signatureSchemeNames().isEmpty()) {
            parameters.setSignatureSchemes(signatureSchemeNames().toArray(String[]::new));
        }
        parameters.setUseNamedGroupsOrder(spec().preferServerCiphers());
        if (engineSpec instanceof EngineSpec.Client client) {
            parameters.setServerNames(
                    client.serverName().map(BcFipsContext::rawName).stream().toList());
        }
        if (engineSpec instanceof EngineSpec.Server server) {
            parameters.setApplicationProtocols(
                    server.applicationProtocol().stream().toArray(String[]::new));
        }
        bcEngine.setParameters(parameters);
        if (engineSpec instanceof EngineSpec.Client client
                && client.session().orElse(null) instanceof BcFipsSession earlier) {
            bcEngine.setBCSessionToResume(earlier.session());
        }
        boolean exports = spec().secretUses().contains(SecretUse.EXPORTERS);
        return new BcFipsEngine(engine, approvedMode, new ConnectionFacts(engineSpec.secrets(), exports));
    }

    /** A session is resumed by the object that is held, whatever the cache has; 0 would be any number. */
    @Override
    protected int clientCacheSize() {
        return 1;
    }

    @Override
    public boolean fipsApproved(List<PrivateKey> identityKeys) {
        return approvedMode.covers(identityKeys);
    }

    /** A host_name as it is: the backend's own class for one refuses underscores. */
    private static BCSNIServerName rawName(String name) {
        return new BCSNIServerName(0, name.getBytes(StandardCharsets.US_ASCII)) {};
    }
}
