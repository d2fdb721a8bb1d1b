package io.omnitls.testkit;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import java.util.List;
import java.util.Set;

/** Holds BC-FIPS in its general mode to the contracts. */
class BcFipsContractTest implements ProviderContracts {
    private static final ProviderFixture FIXTURE = new ProviderFixture(
            "bcfips",
            new Capabilities(
                    List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
                    List.of(),
                    List.of(
                            NamedGroup.X25519,
                            NamedGroup.SECP256R1,
                            NamedGroup.SECP384R1,
                            NamedGroup.X448,
                            NamedGroup.SECP521R1,
                            NamedGroup.FFDHE2048,
                            NamedGroup.FFDHE3072,
                            NamedGroup.FFDHE4096,
                            NamedGroup.FFDHE6144,
                            NamedGroup.FFDHE8192),
                    List.of("RSA", "RSASSA-PSS", "EC", "Ed25519", "Ed448", "DSA"),
                    Set.of(
                            Feature.CLIENT_CIPHER_PREFERENCE,
                            Feature.TLS13_CIPHER_CHOICE,
                            Feature.GROUP_CHOICE,
                            Feature.GROUP_ORDER,
                            Feature.DOTLESS_SERVER_NAME,
                            Feature.EXACT_VERIFY_ALERT,
                            Feature.FIPS)));

    @Override
    public ProviderFixture fixture() {
        return FIXTURE;
    }
}
