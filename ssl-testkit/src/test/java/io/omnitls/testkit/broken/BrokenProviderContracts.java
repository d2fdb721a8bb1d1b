package io.omnitls.testkit.broken;

import io.omnitls.testkit.ProviderContracts;
import io.omnitls.testkit.ProviderFixture;

/** Holds {@link BrokenProvider} to what the good provider declares. Run by {@link BrokenProviderTest} alone. */
class BrokenProviderContracts implements ProviderContracts {
    private static final ProviderFixture FIXTURE =
            new ProviderFixture(BrokenProvider.NAME, BrokenProvider.good().capabilities());

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
