package io.omnitls.testkit.broken;

import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.Feature;
import io.omnitls.spi.ResumableSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedTrustManager;

/** What a provider is given or declares, with something else in one place. */
final class Specs {
    private Specs() {}

    static Capabilities withFeatures(Capabilities good, Set<Feature> features) {
        return new Capabilities(
                good.versions(),
                good.cipherSuites(),
                good.groups(),
                good.keyAlgorithms(),
                good.sessionTickets(),
                good.signatureSchemes(),
                features,
                good.limits());
    }

    static EngineSpec withSession(EngineSpec.Client client, Optional<ResumableSession> session) {
        return new EngineSpec.Client(client.serverName(), client.applicationProtocols(), session, client.secrets());
    }

    static ContextSpec copy(ContextSpec spec, X509ExtendedTrustManager trustManager) {
        return copy(spec, spec.signatureSchemes(), spec.dhParameters(), trustManager);
    }

    static ContextSpec copy(
            ContextSpec spec,
            List<SignatureScheme> signatureSchemes,
            Optional<DhParameters> dhParameters,
            X509ExtendedTrustManager trustManager) {
        return new ContextSpec(
                spec.role(),
                spec.versions(),
                spec.cipherSuites(),
                spec.preferServerCiphers(),
                spec.groups(),
                spec.sessions(),
                spec.secretUses(),
                spec.verifyMode(),
                signatureSchemes,
                dhParameters,
                spec.keyManager(),
                trustManager);
    }

    static ContextSpec copy(
            ContextSpec spec,
            List<TlsVersion> versions,
            List<CipherSuite> suites,
            boolean preferServerCiphers,
            List<NamedGroup> groups,
            VerifyMode mode) {
        return new ContextSpec(
                spec.role(),
                versions,
                suites,
                preferServerCiphers,
                groups,
                spec.sessions(),
                spec.secretUses(),
                mode,
                spec.signatureSchemes(),
                spec.dhParameters(),
                spec.keyManager(),
                spec.trustManager());
    }
}
