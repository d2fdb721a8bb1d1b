package io.omnitls.internal.cipher;

import io.omnitls.protocol.CipherSuite;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The suites of TLS 1.3 that a string names, as in OpenSSL's {@code SSL_CTX_set_ciphersuites}: names with colons between
 * them, and nothing else. OpenSSL passes over a name that it does not know; here that is refused.
 * The suites of TLS 1.3 are the three that OpenSSL enables unasked; it knows two with CCM besides.
 *
 * @param suites in order of preference; empty when the string is
 */
public record CiphersuiteList(List<CipherSuite> suites) {
    public CiphersuiteList {
        suites = List.copyOf(suites);
    }

    /**
     * The suites that {@code list} names, each once. Blanks around a name and empty names do not count, as in OpenSSL.
     *
     * @throws IllegalArgumentException when a name is not that of a suite of TLS 1.3
     */
    public static CiphersuiteList of(String list) {
        Set<CipherSuite> suites = new LinkedHashSet<>();
        for (String word : list.split(":", -1)) {
            String name = word.trim();
            if (!name.isEmpty()) {
                suites.add(CipherTable.byIana(name)
                        .filter(CipherSuite::tls13)
                        .orElseThrow(() ->
                                new IllegalArgumentException("no cipher suite of TLS 1.3 is named '" + name + "'")));
            }
        }
        return new CiphersuiteList(List.copyOf(suites));
    }
}
