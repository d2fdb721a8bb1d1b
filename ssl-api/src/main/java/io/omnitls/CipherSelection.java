package io.omnitls;

import io.omnitls.internal.cipher.CipherList;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.cipher.CiphersuiteList;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cipher suites of a context and the security level that goes with them.
 *
 * @param suites in order of preference, those of TLS 1.3 first
 */
record CipherSelection(List<CipherSuite> suites, SecurityLevel securityLevel) {

    /**
     * What {@code list}, or the secure default, selects from what the backend can do in these versions.
     *
     * @param tls13 the suites of TLS 1.3 if they were chosen, otherwise all of the backend's
     * @param level if it was set; otherwise the list's {@code @SECLEVEL} counts, or the default
     */
    static CipherSelection of(
            Optional<String> list,
            Optional<CiphersuiteList> tls13,
            Optional<SecurityLevel> level,
            Capabilities capabilities,
            List<TlsVersion> versions) {
        List<CipherSuite> supported = new ArrayList<>();
        capabilities.cipherSuites().forEach(name -> CipherTable.byIana(name).ifPresent(supported::add));
        CipherList selected = CipherList.select(list.orElse(CipherList.SECURE_DEFAULT), supported);
        SecurityLevel inForce = level.or(selected::securityLevel).orElse(SecurityLevel.DEFAULT);
        List<CipherSuite> suites = new ArrayList<>();
        if (versions.contains(TlsVersion.TLS_1_3)) {
            suites.addAll(tls13.map(CiphersuiteList::suites)
                    .orElseGet(
                            () -> supported.stream().filter(CipherSuite::tls13).toList()));
        } else if (tls13.isPresent() && !tls13.get().suites().isEmpty()) {
            throw new IllegalArgumentException("the cipher suites of TLS 1.3 are chosen, but the newest version is "
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
}
