package io.omnitls.bcfips;

import io.omnitls.spi.Capabilities;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.ProviderInfo;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
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
        BackendLog.keepQuiet();
        ApprovedMode approvedMode = ApprovedMode.ofProcess();
        Provider module = new BouncyCastleFipsProvider();
        Provider jsse =
                new BouncyCastleJsseProvider(approvedMode == ApprovedMode.APPROVED_ONLY, BcTlsSeam.over(module));
        CryptoServices crypto = crypto(module, approvedMode);
        return new BcFipsBackend(
                jsse, crypto, info(module), approvedMode, BcFipsCapabilities.of(jsse, crypto, approvedMode));
    }

    /**
     * The module's, and outside of the approved mode the JDK's for signatures that the module cannot verify: its RSASSA-PSS
     * wants one digest for the message and for the mask.
     */
    private static CryptoServices crypto(Provider module, ApprovedMode approvedMode) throws GeneralSecurityException {
        CryptoServices crypto = CryptoServices.of(SecureRandom.getInstance("DEFAULT", module), module);
        if (approvedMode == ApprovedMode.APPROVED_ONLY) {
            return crypto;
        }
        List<Provider> jdk = new ArrayList<>();
        for (String name : List.of("SunRsaSign", "SunEC")) {
            Provider provider = Security.getProvider(name);
            if (provider != null) {
                jdk.add(provider);
            }
        }
        return crypto.verifyingAlsoWith(jdk);
    }

    /** {@code Provider.getVersionStr} gives 2.0103; the description ends with what everybody calls it: v2.1.3. */
    private static ProviderInfo info(Provider module) {
        String description = module.getInfo();
        return ProviderInfo.of("BC-FIPS", description.substring(description.lastIndexOf(" v") + 2));
    }
}
