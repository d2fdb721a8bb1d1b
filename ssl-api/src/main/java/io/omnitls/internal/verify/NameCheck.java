package io.omnitls.internal.verify;

import io.omnitls.cert.HostnameMatcher;
import io.omnitls.cert.PeerName;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.Excerpt;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the leaf speaks for the peer: OpenSSL's {@code check_id}. */
record NameCheck(PeerName name, boolean commonName) implements ChainCheck {
    private static final int SHOWN = 5;

    @Override
    public Optional<Finding> check(CertificatePath path) {
        X509Certificate leaf = path.member(0).certificate();
        if (HostnameMatcher.match(leaf, name, commonName)) {
            return Optional.empty();
        }
        return Finding.of(mismatch(), 0, explanation(HostnameMatcher.names(leaf)));
    }

    private VerifyCode mismatch() {
        if (name instanceof PeerName.EmailAddress) {
            return VerifyCode.EMAIL_MISMATCH;
        }
        return name instanceof PeerName.IpAddress ? VerifyCode.IP_ADDRESS_MISMATCH : VerifyCode.HOSTNAME_MISMATCH;
    }

    private String explanation(List<String> names) {
        String wanted = Excerpt.name(name.toString());
        if (names.stream().anyMatch(this::isWantedAddress)) {
            // The iPAddresses were compared before, and this is none of them.
            return "the certificate has " + wanted + " as a dNSName and not as an iPAddress, which alone speaks for an"
                    + " address";
        }
        return "the certificate is for " + shown(names) + ", not for " + wanted;
    }

    private boolean isWantedAddress(String text) {
        try {
            return name instanceof PeerName.IpAddress wanted
                    && PeerName.of(text) instanceof PeerName.IpAddress found
                    && found.address().equals(wanted.address());
        } catch (IllegalArgumentException neitherNameNorAddress) {
            return false;
        }
    }

    private static String shown(List<String> names) {
        if (names.isEmpty()) {
            return "no name at all";
        }
        return names.stream().limit(SHOWN).map(Excerpt::name).collect(Collectors.joining(", "))
                + (names.size() > SHOWN ? ", ..." : "");
    }
}
