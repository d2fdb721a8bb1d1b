package io.omnitls.bcfips;

import java.security.PrivateKey;
import java.util.List;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.fips.FipsStatus;
import org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider;
import org.bouncycastle.jsse.BCExtendedSSLSession;
import org.bouncycastle.util.Properties;

/** Whether the module was started to do nothing but what is approved. A process has one mode from start to end. */
enum ApprovedMode {
    /** The module does whatever it can. */
    GENERAL,
    /** The module refuses what is not approved. */
    APPROVED_ONLY;

    /** What a process is started with to be in approved mode. */
    static final String PROPERTY = "org.bouncycastle.fips.approved_only";

    /** The mode that this process was started in. */
    static ApprovedMode ofProcess() {
        // The registrar alone would also answer for a thread that was switched by setApprovedOnlyMode, the property
        // alone also for a process that set it too late.
        return Properties.isOverrideSet(PROPERTY) && CryptoServicesRegistrar.isInApprovedOnlyMode()
                ? APPROVED_ONLY
                : GENERAL;
    }

    /**
     * Whether a connection may be called approved. The session's own {@code isFipsMode} is not enough: it says true for
     * TLS 1.2 without extended_master_secret, and whatever made the private key. Of a resumed connection nobody knows
     * with which key the session was made, so it is not.
     */
    boolean covers(BCExtendedSSLSession session, ConnectionFacts facts) {
        return this == APPROVED_ONLY
                && FipsStatus.isReady()
                && session.isFipsMode()
                && facts.masterSecretBoundToHandshake()
                && !facts.foreignKeyUsed();
    }

    /** Whether a context that proves itself with these keys can make connections that are approved. */
    boolean covers(List<PrivateKey> identityKeys) {
        return this == APPROVED_ONLY
                && FipsStatus.isReady()
                && identityKeys.stream().allMatch(ApprovedMode::holds);
    }

    /** Whether the module itself holds this key; one of the JDK or of a token does its work outside. */
    static boolean holds(PrivateKey key) {
        // A package belongs to one class loader, so nobody else's class is in this one.
        return key.getClass().getPackage().equals(BouncyCastleFipsProvider.class.getPackage());
    }
}
