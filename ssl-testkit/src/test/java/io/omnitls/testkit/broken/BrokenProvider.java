package io.omnitls.testkit.broken;

import io.omnitls.TlsProviders;
import io.omnitls.error.TlsException;
import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.ProviderInfo;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.TlsProvider;
import java.security.PrivateKey;
import java.util.List;

/** A good provider with one {@link Defect}: what a contract that cannot fail would let pass. */
public final class BrokenProvider implements TlsProvider {
    static final String NAME = "broken";

    /** A system property, which the processes that a rule starts inherit. */
    private static final String DEFECT = "io.omnitls.testkit.defect";

    /** For {@link java.util.ServiceLoader}. */
    public BrokenProvider() {}

    /** Gives the provider this defect from now on. */
    static void with(Defect defect) {
        System.setProperty(DEFECT, defect.name());
    }

    static TlsProvider good() {
        return TlsProviders.named("jsse");
    }

    private static Defect defect() {
        return Defect.valueOf(System.getProperty(DEFECT, Defect.NOT_IN_USE.name()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability availability() {
        return defect() == Defect.NOT_IN_USE
                ? new Availability.Unavailable("it is broken on purpose, and no test uses it now")
                : good().availability();
    }

    @Override
    public ProviderInfo info() {
        return defect().info(good().info());
    }

    @Override
    public Capabilities capabilities() {
        return defect().capabilities(good().capabilities());
    }

    @Override
    public int priority() {
        return -2;
    }

    @Override
    public CryptoServices crypto() {
        return defect().crypto(good().crypto());
    }

    @Override
    public EngineFactory open(ContextSpec spec) throws TlsException {
        Defect defect = defect();
        EngineFactory factory = good().open(defect.context(spec));
        return new EngineFactory() {
            @Override
            public TlsEngine engine(EngineSpec engineSpec) throws TlsException {
                return defect.engine(factory.engine(defect.engineSpec(engineSpec)));
            }

            @Override
            public boolean fipsApproved(List<PrivateKey> identityKeys) {
                return defect == Defect.CLAIMS_TO_BE_APPROVED;
            }
        };
    }
}
