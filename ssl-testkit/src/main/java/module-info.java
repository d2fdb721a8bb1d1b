/**
 * Contracts that every provider of OmniTLS keeps, as JUnit tests that anyone can run against a provider of their own.
 * Start at {@link io.omnitls.testkit.ProviderContracts}.
 */
module io.omnitls.testkit {
    requires transitive io.omnitls;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;
    requires net.jqwik.api;
    requires io.netty.pkitesting;

    exports io.omnitls.testkit;
    exports io.omnitls.testkit.net;
    exports io.omnitls.testkit.pki;
}
