package io.omnitls.bcfips;

import io.omnitls.spi.Capabilities;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.ProviderInfo;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * The started backend: provider instances that no list of the process knows.
 *
 * @param jsse makes the engines, with cryptography from {@link BcTlsSeam}
 * @param crypto the module's cryptography
 * @param approvedMode the mode that the process was started in
 */
record BcFipsBackend(
        Provider jsse, CryptoServices crypto, ProviderInfo info, ApprovedMode approvedMode, Capabilities capabilities) {

    static BcFipsBackend load() throws GeneralSecurityException {
        ApprovedMode approvedMode = ApprovedMode.ofProcess();
        Provider module = new BouncyCastleFipsProvider();
        Provider jsse =
                new BouncyCastleJsseProvider(approvedMode == ApprovedMode.APPROVED_ONLY, BcTlsSeam.over(module));
        CryptoServices crypto = CryptoServices.of(SecureRandom.getInstance("DEFAULT", module), module);
        return new BcFipsBackend(
                jsse, crypto, info(module), approvedMode, BcFipsCapabilities.of(jsse, crypto, approvedMode));
    }

    /** {@code Provider.getVersionStr} gives 2.0103; the description ends with what everybody calls it: v2.1.3. */
    private static ProviderInfo info(Provider module) {
        String description = module.getInfo();
        return ProviderInfo.of("BC-FIPS", description.substring(description.lastIndexOf(" v") + 2));
    }
}
