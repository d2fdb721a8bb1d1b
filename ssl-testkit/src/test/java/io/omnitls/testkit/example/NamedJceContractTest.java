package io.omnitls.testkit.example;

import io.omnitls.testkit.ProviderContracts;
import io.omnitls.testkit.ProviderFixture;

/** All that a third party writes to hold a provider to the contracts. */
class NamedJceContractTest implements ProviderContracts {
    private static final ProviderFixture FIXTURE =
            new ProviderFixture("example", new NamedJceProvider().capabilities());

    @Override
    public ProviderFixture fixture() {
        return FIXTURE;
    }

    /** Some: the good provider makes the full number. */
    @Override
    public int connections() {
        return 2_000;
    }
}
