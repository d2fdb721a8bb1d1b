package io.omnitls.internal.verify;

import io.omnitls.cert.CertificateInfo;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;

/** A certificate's subject, as far as it is taken for a host's name. */
record DecodedSubject(X509Certificate certificate) {
    /** Two labels at least, which neither begin nor end with a hyphen: OpenSSL's {@code cn2dnsid}. */
    private static final Pattern HOST_LIKE = Pattern.compile("(?:\\w+(?:-+\\w+)*\\.)+\\w+(?:-+\\w+)*");

    /** The common names that could be a host's name. */
    List<String> hostLikeCommonNames() {
        return CertificateInfo.of(certificate).subject().values("commonName").stream()
                .filter(name -> HOST_LIKE.matcher(name).matches())
                .toList();
    }
}
