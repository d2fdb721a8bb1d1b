package io.omnitls.cert;

import io.omnitls.internal.given.Given;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a certificate among the trust anchors is trusted for, when it says more than that it is one: the extra part of
 * OpenSSL's {@code TRUSTED CERTIFICATE} blocks, written by {@code openssl x509 -addtrust} and {@code -addreject}.
 *
 * @param trusted the purposes that it is trusted for, object identifiers with dots, and no other; empty when nothing is said
 * @param rejected the purposes that it is never trusted for
 * @see <a href="https://docs.openssl.org/3.0/man1/openssl-verification-options/#trusted-certificates">Trust settings</a>
 */
public record TrustSettings(Optional<List<String>> trusted, List<String> rejected) {
    /** Nothing is said. */
    public static final TrustSettings NONE = new TrustSettings(Optional.empty(), List.of());

    public TrustSettings {
        Objects.requireNonNull(trusted, "trusted");
        Given.all(rejected, "rejected");
        trusted = trusted.map(List::copyOf);
        rejected = List.copyOf(rejected);
    }
}
