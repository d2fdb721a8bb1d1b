package io.omnitls.internal.settings;

import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.spi.SecretUse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What connections' secrets are wanted for.
 *
 * @param exporters whether keying material is exported, and connections are bound to
 */
public record SecretSettings(boolean exporters) {
    /** Nothing is exported. */
    public static final SecretSettings DEFAULT = new SecretSettings(false);

    /**
     * The uses, if the backend tells the secrets for them in every version that may come.
     *
     * @param keyLog whether somebody writes them down
     */
    public Set<SecretUse> uses(Requirements requirements, List<TlsVersion> versions, boolean keyLog) {
        Set<SecretUse> uses = EnumSet.noneOf(SecretUse.class);
        if (exporters) {
            requirements.require(Feature.KEYING_MATERIAL_EXPORT);
            uses.add(SecretUse.EXPORTERS);
        }
        if (keyLog) {
            requirements.require(versions, Feature.KEY_LOG_TLS12, Feature.KEY_LOG_TLS13);
            uses.add(SecretUse.KEY_LOG);
        }
        return Set.copyOf(uses);
    }
}
