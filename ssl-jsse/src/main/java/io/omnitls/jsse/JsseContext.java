package io.omnitls.jsse;

import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.DhParameters;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.SecretUse;
import io.omnitls.spi.StandardEngineFactory;
import io.omnitls.spi.TlsEngine;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** One context of SunJSSE. */
final class JsseContext extends StandardEngineFactory {
    private final boolean observed;

    JsseContext(ContextSpec spec, Provider backend, CryptoServices crypto) throws TlsException {
        super(spec, TicketSwitch.context(spec, backend), crypto);
        this.observed = !spec.secretUses().isEmpty() || spec.dhParameters().isPresent();
        if (spec.dhParameters().isPresent()) {
            requireUsable(spec.dhParameters().get());
        }
    }

    private static void requireUsable(DhParameters parameters) {
        try {
            ObservedDhGenerator.initialize(JceObserver.dhGenerator(), parameters, null);
        } catch (InvalidAlgorithmParameterException e) {
            throw new UnsupportedFeatureException("jsse", parameters + " (" + e.getMessage() + ")", List.of());
        }
    }

    @Override
    protected void configure(SSLParameters parameters) {
        JsseGroups.choose(parameters, groupNames());
        JsseSignatureSchemes.choose(parameters, signatureSchemeNames());
    }

    @Override
    protected TlsEngine dress(SSLEngine engine, EngineSpec engineSpec) {
        boolean ticketless =
                engineSpec instanceof EngineSpec.Server && spec().sessions().newTickets() == 0;
        if (!observed) {
            return new JsseEngine(engine, ticketless);
        }
        JceObserver.install(); // for each engine: another provider may stand before it by now
        return new JsseEngine.Observed(engine, ticketless, observation(engineSpec));
    }

    private ObservedConnection observation(EngineSpec engineSpec) {
        return new ObservedConnection(
                engineSpec.secrets(), spec().secretUses().contains(SecretUse.EXPORTERS), dhParameters(engineSpec));
    }

    /** The groups of TLS 1.3 have names, and their keys are none of this setting's business. */
    private Optional<DhParameters> dhParameters(EngineSpec engineSpec) {
        return engineSpec instanceof EngineSpec.Server server && !negotiatesTls13(server.clientHello())
                ? spec().dhParameters()
                : Optional.empty();
    }
}
