package io.omnitls.internal.settings;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import java.util.List;
import java.util.Optional;

/** Where a server's Diffie-Hellman parameters come from. */
@FunctionalInterface
public interface DhSource {
    /** The backend's own choice. */
    DhSource BACKEND = Optional::empty;

    /** The parameters; empty for the backend's own choice. */
    Optional<DhParameters> load() throws TlsException;

    /** The parameters, if they are strong enough and there is a use for them that the backend can be told. */
    default Optional<DhParameters> require(
            Requirements requirements, CipherSelection ciphers, List<TlsVersion> versions) throws TlsException {
        Optional<DhParameters> loaded = load();
        if (!loaded.isPresent()) {
            return loaded;
        }
        if (versions.get(0).atLeast(TlsVersion.TLS_1_3)) {
            throw new IllegalArgumentException("TLS 1.3 has no Diffie-Hellman parameters of the server's choice"
                    + " (RFC 8446 section 4.2.7); lower minimumVersion, or choose groups");
        }
        if (!ciphers.securityLevel().allowsDiffieHellman(loaded.get().bits())) {
            throw new TlsException(
                    ErrorReason.DH_KEY_TOO_SMALL,
                    loaded.get() + " are too few for security level "
                            + ciphers.securityLevel().number());
        }
        requirements.require(Feature.DH_PARAMETERS);
        if (ciphers.suites().stream().noneMatch(suite -> suite.kea().startsWith("kx-dhe"))) {
            throw new IllegalArgumentException("none of the selected cipher suites uses Diffie-Hellman parameters;"
                    + " select some, for instance DHE+AESGCM");
        }
        return loaded;
    }
}
