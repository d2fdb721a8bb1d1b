package io.omnitls.internal.settings;

import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.CipherString;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.cipher.CiphersuiteList;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cipher suites of a context and the security level that goes with them.
 *
 * @param suites in order of preference, those of TLS 1.3 first
 */
public record CipherSelection(List<CipherSuite> suites, SecurityLevel securityLevel) {

    /**
     * What {@code list}, or the secure default, selects from what the backend can do in these versions.
     *
     * @param tls13 the suites of TLS 1.3 if they were chosen, otherwise all of the backend's
     * @param level if it was set; otherwise the list's {@code @SECLEVEL} counts, or the default
     * @throws TlsException INVALID_COMMAND when the list cannot be read, NO_CIPHER_MATCH when it selects nothing
     */
    public static CipherSelection of(
            Optional<String> list,
            Optional<CiphersuiteList> tls13,
            Optional<SecurityLevel> level,
            Capabilities capabilities,
            List<TlsVersion> versions)
            throws TlsException {
        List<CipherSuite> supported = known(capabilities);
        CipherString selected = CipherString.select(list.orElse(CipherString.SECURE_DEFAULT), supported);
        SecurityLevel inForce = level.or(selected::securityLevel).orElse(SecurityLevel.DEFAULT);
        List<CipherSuite> suites = new ArrayList<>();
        if (versions.contains(TlsVersion.TLS_1_3)) {
            suites.addAll(tls13.map(CiphersuiteList::suites).orElseGet(() -> tls13(supported)));
        } else if (tls13.isPresent() && !tls13.get().suites().isEmpty()) {
            throw new IllegalArgumentException(
                    "the cipher suites of TLS 1.3 are chosen, but the newest version that is allowed and that this end has a"
                            + " key for is "
                            + versions.get(versions.size() - 1));
        }
        if (versions.get(0) != TlsVersion.TLS_1_3) {
            suites.addAll(selected.suites());
        }
        // OpenSSL, too, filters when a suite is used and not when it is listed.
        suites.removeIf(suite -> !inForce.allows(suite));
        if (versions.contains(TlsVersion.TLS_1_3)
                && tls13.isPresent()
                && suites.stream().noneMatch(CipherSuite::tls13)) {
            throw new IllegalArgumentException("TLS 1.3 is enabled, but none of its cipher suites is at security level "
                    + inForce.number() + "; name some, or set maximumVersion to TLS 1.2");
        }
        if (suites.isEmpty()) {
            throw new IllegalArgumentException("security level " + inForce.number()
                    + " allows none of the selected cipher suites; lower it, or select stronger suites");
        }
        return new CipherSelection(List.copyOf(suites), inForce);
    }

    /**
     * Whether the backend can be told which suites it may use, and whose order counts.
     *
     * @param preferServer whether the server's order does
     */
    public void require(Requirements requirements, Role role, boolean preferServer, List<TlsVersion> versions) {
        if (role == Role.SERVER && !preferServer) {
            requirements.require(Feature.CLIENT_CIPHER_PREFERENCE);
        }
        List<CipherSuite> own = tls13(known(requirements.capabilities()));
        List<CipherSuite> chosen = tls13(suites);
        for (CipherSuite suite : chosen) {
            requirements.require(
                    "the cipher suite " + suite.ianaName(),
                    capabilities -> capabilities.cipherSuites().contains(suite.ianaName()));
        }
        if (versions.contains(TlsVersion.TLS_1_3) && !own.equals(chosen)) {
            requirements.require(Feature.TLS13_CIPHER_CHOICE);
        }
    }

    /** The backend's suites, in its order of preference; one that OpenSSL has no name for cannot be chosen. */
    private static List<CipherSuite> known(Capabilities capabilities) {
        List<CipherSuite> known = new ArrayList<>();
        capabilities.cipherSuites().forEach(name -> CipherTable.byIana(name).ifPresent(known::add));
        return known;
    }

    private static List<CipherSuite> tls13(List<CipherSuite> suites) {
        return suites.stream().filter(CipherSuite::tls13).collect(Collectors.toList());
    }
}
