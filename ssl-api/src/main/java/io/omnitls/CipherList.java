package io.omnitls;

import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.CipherString;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.given.Given;
import io.omnitls.protocol.CipherSuite;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a string of OpenSSL's cipher-list language says, told without a context: for configuration that is to be checked
 * or shown before there is one. Immutable and thread-safe.
 *
 * @param suites what the string selects of all suites of TLS 1.2 and older that OpenSSL 3.0 knows, in order of preference,
 *     never empty. A context has those of them that its provider supports and its security level allows. The suites of
 *     TLS 1.3 are not for a cipher list to choose, see {@link ContextBuilder#ciphersuites}
 * @param securityLevel what {@code @SECLEVEL} sets, 0 to 5; empty when it does not stand there
 */
public record CipherList(List<CipherSuite> suites, OptionalInt securityLevel) {
    public CipherList {
        Given.all(suites, "suites");
        suites = List.copyOf(suites);
        Objects.requireNonNull(securityLevel, "securityLevel");
    }

    /**
     * Reads {@code text}, for instance {@code ECDHE+AESGCM:!aNULL:@STRENGTH}.
     *
     * @throws TlsException INVALID_COMMAND when something in it is no rule, NO_CIPHER_MATCH when it selects nothing
     * @see <a href="https://docs.openssl.org/3.0/man1/openssl-ciphers/">openssl-ciphers</a>
     */
    public static CipherList parse(String text) throws TlsException {
        CipherString read = CipherString.select(Objects.requireNonNull(text, "text"), CipherTable.all());
        return new CipherList(
                read.suites(),
                read.securityLevel()
                        .map(level -> OptionalInt.of(level.number()))
                        .orElse(OptionalInt.empty()));
    }
}
