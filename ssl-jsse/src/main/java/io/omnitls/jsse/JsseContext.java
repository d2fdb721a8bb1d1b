package io.omnitls.jsse;

import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
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
import java.util.stream.Stream;
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

    /** SunJSSE leaves an engine's own where these have null, and what they have instead of that is its default too. */
    @Override
    protected SSLParameters parameters(SSLEngine engine) {
        return new SSLParameters();
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
        Optional<DhParameters> dhParameters = dhParameters(engineSpec);
        if (dhParameters.isPresent()) {
            SSLParameters parameters = engine.getSSLParameters();
            JsseGroups.choose(parameters, groupsBeside(dhParameters.get()));
            engine.setSSLParameters(parameters);
        }
        boolean exports = spec().secretUses().contains(SecretUse.EXPORTERS);
        return new JsseEngine.Observed(
                engine, ticketless, new ObservedConnection(engineSpec.secrets(), exports, dhParameters));
    }

    /**
     * The groups of a server that has Diffie-Hellman parameters of its own. A client may name groups of RFC 7919, of which
     * SunJSSE would take one for its ServerKeyExchange: where the parameters are those of another one it then has a key of
     * one group under the name of another, and fails with an internal error when the client's key comes. So the only one
     * left is that of their size; parameters without a name are compared by their numbers. One is needed in any case,
     * or SunJSSE has no suite that uses them.
     */
    private List<String> groupsBeside(DhParameters parameters) {
        List<NamedGroup> groups = spec().groups().isEmpty() ? JsseCapabilities.GROUPS : spec().groups();
        String ofTheirSize = FINITE_FIELD + parameters.bits();
        boolean named =
                JsseCapabilities.GROUPS.stream().anyMatch(group -> group.name().equals(ofTheirSize));
        return Stream.concat(
                        groups.stream().map(NamedGroup::name).filter(name -> !name.startsWith(FINITE_FIELD)),
                        Stream.of(named ? ofTheirSize : NamedGroup.FFDHE2048.name()))
                .toList();
    }

    private static final String FINITE_FIELD = "ffdhe";

    /** The groups of TLS 1.3 have names, and their keys are none of this setting's business. */
    private Optional<DhParameters> dhParameters(EngineSpec engineSpec) {
        return engineSpec instanceof EngineSpec.Server server
                        && !server.version().atLeast(TlsVersion.TLS_1_3)
                ? spec().dhParameters()
                : Optional.empty();
    }
}
