package io.omnitls.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.protocol.TlsVersion;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeySchemeTest {
    /** DSA with SHA-384 and SHA-512 has numbers by RFC 5246, and names nowhere. */
    @ParameterizedTest
    @EnumSource(
            names = {"DSA_SHA384", "DSA_SHA512"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_row_has_the_registrys_name_for_its_number(KeyScheme row) {
        assertEquals(row.name(), row.scheme().name().toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource
    void every_row_is_for_some_handshake(KeyScheme row) {
        assertTrue(row.scheme().usableIn(TlsVersion.TLS_1_2) || row.scheme().usableIn(TlsVersion.TLS_1_3));
    }

    /** RFC 5246 section 7.4.1.4.1, RFC 8446 section 4.2.3: what a certificate is signed with, by the names of schemes. */
    @ParameterizedTest
    @CsvSource({
        "RSA, SHA-256, SHA256withRSA, '[1025]'",
        "EC, SHA-384, SHA384withECDSA, '[1283, 2075]'",
        "DSA, SHA-1, SHA1withDSA, '[514]'",
        "RSASSA-PSS, SHA-512, RSASSA-PSS, '[2054, 2059]'",
        "RSA, MD5, MD5withRSA, '[]'",
        "Ed25519, , Ed25519, '[2055]'",
    })
    void a_certificates_signature_has_the_schemes_that_name_it(
            String kind, String digest, String jcaName, String schemes) {
        assertEquals(
                schemes,
                KeyScheme.naming(new SignatureAlgorithm(kind, Optional.ofNullable(digest), jcaName, Optional.empty()))
                        .toString());
    }
}
