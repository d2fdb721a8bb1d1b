package io.omnitls.spi;

/**
 * What a backend takes of a peer at the most, in this process; what is larger ends the handshake with {@link
 * io.omnitls.error.ErrorReason#TOO_MANY_CERTIFICATES} or {@link io.omnitls.error.ErrorReason#EXCESSIVE_MESSAGE_SIZE}. OpenSSL
 * has the second alone, {@code SSL_CTX_set_max_cert_list}, of 102,400 bytes.
 *
 * @param serverCertificates how many certificates a server may show
 * @param clientCertificates how many certificates a client may show
 * @param certificateMessage how many bytes the Certificate and the CertificateRequest message of a handshake may have
 */
public record Limits(int serverCertificates, int clientCertificates, int certificateMessage) {
    /** What OpenSSL takes: any number of certificates in 102,400 bytes. */
    public static final int OPENSSL_MESSAGE = 102_400;

    /** As many certificates as there is room for in a message of so many bytes. */
    public static Limits ofMessage(int certificateMessage) {
        return new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, certificateMessage);
    }

    /** Checks that there is room for something. */
    public Limits {
        if (serverCertificates < 1 || clientCertificates < 1 || certificateMessage < 1) {
            throw new IllegalArgumentException("a limit of nothing: " + serverCertificates + " and "
                    + clientCertificates + " certificates, " + certificateMessage + " bytes");
        }
    }
}
