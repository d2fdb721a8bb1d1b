package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.protocol.TlsVersion;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The authorities that a server names to its clients. */
public final class AcceptedIssuers {
    /** RFC 5246 section 7.4.4: DistinguishedName certificate_authorities<0..2^16-1>. */
    private static final int MAX_LIST = 0xffff;

    /**
     * In TLS 1.3 the list is an extension among others, for which RFC 8446 section 4.3.2 has 2^16-1 bytes in all: the two
     * headers, and room for signature_algorithms, signature_algorithms_cert and what else a backend may send.
     */
    private static final int MAX_LIST_TLS_1_3 = MAX_LIST - 512;

    private AcceptedIssuers() {}

    /** All anchors but those whose names javax cannot say: backends ask it for them, and get an exception. */
    public static X509Certificate[] of(TrustAnchors anchors) {
        List<X509Certificate> accepted = new ArrayList<>();
        for (X509Certificate anchor : anchors.certificates()) {
            if (named(anchor)) {
                accepted.add(anchor);
            }
        }
        return accepted.toArray(new X509Certificate[0]);
    }

    /**
     * A server that asks for a certificate names the authorities that it trusts.
     *
     * <pre>
     * opaque DistinguishedName&lt;1..2^16-1&gt;;
     * DistinguishedName certificate_authorities&lt;0..2^16-1&gt;;     RFC 5246 7.4.4; from 3 bytes on in RFC 8446 4.2.4
     * </pre>
     *
     * @throws IllegalArgumentException when one of {@code versions} has no room for their names
     */
    public static void requireRoom(TrustAnchors anchors, List<TlsVersion> versions) {
        long bytes = 0;
        for (X509Certificate issuer : of(anchors)) {
            bytes += 2 + issuer.getSubjectX500Principal().getEncoded().length;
        }
        if (bytes > (versions.contains(TlsVersion.TLS_1_3) ? MAX_LIST_TLS_1_3 : MAX_LIST)) {
            throw new IllegalArgumentException("the names of the trusted authorities have " + bytes
                    + " bytes, and the message that asks a client for a certificate has room for " + MAX_LIST
                    + ", or " + MAX_LIST_TLS_1_3 + " in TLS 1.3; trust fewer of them");
        }
    }

    private static boolean named(X509Certificate certificate) {
        try {
            return certificate.getSubjectX500Principal() != null && certificate.getIssuerX500Principal() != null;
        } catch (RuntimeException refused) {
            return false;
        }
    }
}
