package io.omnitls.protocol;

import java.util.Map;

/** OpenSSL's names for what crosses in the clear. */
final class MessageNames {
    static final int ALERT = 21;

    private static final Map<Integer, String> CONTENT_TYPES =
            Map.of(20, "ChangeCipherSpec", ALERT, "Alert", 22, "Handshake", 23, "ApplicationData");

    /** RFC 8446 section 4 and appendix B.3, with those of TLS 1.2. */
    private static final Map<Integer, String> HANDSHAKE_TYPES = Map.ofEntries(
            Map.entry(0, "HelloRequest"),
            Map.entry(1, "ClientHello"),
            Map.entry(2, "ServerHello"),
            Map.entry(4, "NewSessionTicket"),
            Map.entry(5, "EndOfEarlyData"),
            Map.entry(8, "EncryptedExtensions"),
            Map.entry(11, "Certificate"),
            Map.entry(12, "ServerKeyExchange"),
            Map.entry(13, "CertificateRequest"),
            Map.entry(14, "ServerHelloDone"),
            Map.entry(15, "CertificateVerify"),
            Map.entry(16, "ClientKeyExchange"),
            Map.entry(20, "Finished"),
            Map.entry(21, "CertificateUrl"),
            Map.entry(22, "CertificateStatus"),
            Map.entry(23, "SupplementalData"),
            Map.entry(24, "KeyUpdate"),
            Map.entry(67, "NextProto"));

    private MessageNames() {}

    static String contentType(int code) {
        return CONTENT_TYPES.getOrDefault(code, "content type " + code);
    }

    static String handshakeType(int code) {
        return HANDSHAKE_TYPES.getOrDefault(code, "message " + code);
    }
}
