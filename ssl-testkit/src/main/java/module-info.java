/**
 * Contracts that every provider of OmniTLS keeps, as JUnit tests that anyone can run against a provider of their own.
 * Start at {@link io.omnitls.testkit.ProviderContracts}. For tests of programs there are {@link
 * io.omnitls.testkit.certificates.TestCertificates}.
 */
module io.omnitls.testkit {
    requires transitive io.omnitls;
    requires io.omnitls.forge;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires static org.jspecify;
    requires net.jqwik.api;
    requires java.logging;
    requires java.management;
    // Its descriptor requires BouncyCastle, which cannot stand beside BC-FIPS on a module path: contracts are run from
    // the class path, where nothing of that is loaded.
    requires static io.netty.pkitesting;

    exports io.omnitls.testkit;
    exports io.omnitls.testkit.certificates;
    exports io.omnitls.testkit.net;
    exports io.omnitls.testkit.odd;
    exports io.omnitls.testkit.pki;
    exports io.omnitls.testkit.wire;
}
