package io.omnitls.internal.verify;

import io.omnitls.cert.HostnameMatcher;
import io.omnitls.cert.PeerName;
import io.omnitls.error.VerifyCode;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Whether the leaf speaks for the peer: OpenSSL's {@code check_id}. */
record NameCheck(PeerName name, boolean commonName) implements ChainCheck {

    @Override
    public Optional<Finding> check(CertificatePath path) {
        X509Certificate leaf = path.member(0).certificate();
        if (HostnameMatcher.match(leaf, name, commonName)) {
            return Optional.empty();
        }
        return Finding.of(mismatch(), 0, "the certificate is for " + names(leaf) + ", not for " + name);
    }

    private VerifyCode mismatch() {
        if (name instanceof PeerName.EmailAddress) {
            return VerifyCode.EMAIL_MISMATCH;
        }
        return name instanceof PeerName.IpAddress ? VerifyCode.IP_ADDRESS_MISMATCH : VerifyCode.HOSTNAME_MISMATCH;
    }

    private static String names(X509Certificate leaf) {
        List<String> names = HostnameMatcher.names(leaf);
        if (names.isEmpty()) {
            return "no name at all";
        }
        int shown = Math.min(names.size(), 5);
        return String.join(", ", names.subList(0, shown)) + (names.size() > shown ? ", ..." : "");
    }
}
