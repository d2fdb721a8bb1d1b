package io.omnitls.testkit.mutant;

import io.omnitls.TlsProviders;
import io.omnitls.testkit.ProviderContracts;
import io.omnitls.testkit.ProviderFixture;

/** Holds SunJSSE to rules that count connections, over fewer of them. Run by {@link MutantTest} alone. */
class FewConnections implements ProviderContracts {
    private static final ProviderFixture FIXTURE =
            new ProviderFixture("jsse", TlsProviders.named("jsse").capabilities());

    @Override
    public ProviderFixture fixture() {
        return FIXTURE;
    }

    @Override
    public int connections() {
        return 600;
    }
}
