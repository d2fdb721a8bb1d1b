package io.omnitls.jsse;

import io.omnitls.error.TlsException;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.SecretUse;
import io.omnitls.spi.StandardEngineFactory;
import io.omnitls.spi.TlsEngine;
import java.security.Provider;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** One context of SunJSSE. */
final class JsseContext extends StandardEngineFactory {

    JsseContext(ContextSpec spec, Provider backend, CryptoServices crypto) throws TlsException {
        super(spec, TicketSwitch.context(spec, backend), crypto);
        if (!spec.secretUses().isEmpty()) {
            JceObserver.install();
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
        boolean exports = spec().secretUses().contains(SecretUse.EXPORTERS);
        return spec().secretUses().isEmpty()
                ? new JsseEngine(engine, ticketless)
                : new JsseEngine.Observed(engine, ticketless, new ObservedConnection(engineSpec.secrets(), exports));
    }
}
