package io.omnitls.testkit;

/** What all contracts have in common: the provider that they are run on. */
public interface Contract {
    /** The fixture; the same one each time. */
    ProviderFixture fixture();
}
