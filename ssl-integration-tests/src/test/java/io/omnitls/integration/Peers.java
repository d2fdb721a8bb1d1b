package io.omnitls.integration;

import java.security.Principal;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What servers say about their clients. */
public final class Peers {
    /** The subject of the client that has a certificate. */
    public static final String CLIENT = "CN=client";

    /** Any other client. */
    public static final String NOBODY = "nobody";

    private Peers() {}

    /** Whose chain this is: nobody's, if there is none. */
    public static String name(X509Certificate[] chain) {
        return chain == null || chain.length == 0
                ? NOBODY
                : chain[0].getSubjectX500Principal().getName();
    }

    /** Who is at the other end of a session. */
    public static String name(SSLSession session) {
        try {
            Principal peer = session.getPeerPrincipal();
            return peer.getName();
        } catch (SSLPeerUnverifiedException none) {
            return NOBODY;
        }
    }
}
