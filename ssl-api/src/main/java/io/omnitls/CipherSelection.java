package io.omnitls;

import io.omnitls.internal.cipher.CipherList;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cipher suites of a context.
 *
 * @param suites in order of preference, those of TLS 1.3 first
 * @param securityLevel the level that the cipher list's {@code @SECLEVEL} set
 */
record CipherSelection(List<CipherSuite> suites, Optional<SecurityLevel> securityLevel) {

    /** What {@code list}, or the secure default, selects from what the backend can do in these versions. */
    static CipherSelection of(Optional<String> list, Capabilities capabilities, List<TlsVersion> versions) {
        List<CipherSuite> supported = capabilities.cipherSuites().stream()
                .flatMap(name -> CipherTable.byIana(name).stream())
                .toList();
        CipherList selected = CipherList.select(list.orElse(CipherList.SECURE_DEFAULT), supported);
        List<CipherSuite> suites = new ArrayList<>();
        if (versions.contains(TlsVersion.TLS_1_3)) {
            supported.stream().filter(CipherSuite::tls13).forEach(suites::add);
        }
        if (versions.get(0) != TlsVersion.TLS_1_3) {
            selected.suites().stream().filter(suite -> !suite.tls13()).forEach(suites::add);
        }
        return new CipherSelection(List.copyOf(suites), selected.securityLevel());
    }
}
