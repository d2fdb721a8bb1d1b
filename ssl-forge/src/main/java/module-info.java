/**
 * For tests: certificates and CRLs written field by field, so that they can be wrong in any way ({@link
 * io.omnitls.forge.Forge}), random hierarchies of them ({@link io.omnitls.forge.random.RandomTree}), good ones as an authority
 * issues them ({@link io.omnitls.forge.issue.CertificateSet}), the judge to
 * hold a verifier to ({@link io.omnitls.forge.oracle.OpenSslVerify}), and limits for what may hang. No part of what OmniTLS promises to its users.
 */
module io.omnitls.forge {
    requires static net.jqwik.api;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;
    requires static org.opentest4j;

    exports io.omnitls.forge;
    exports io.omnitls.forge.differential;
    exports io.omnitls.forge.issue;
    exports io.omnitls.forge.limit;
    exports io.omnitls.forge.oracle;
    exports io.omnitls.forge.random;
}
