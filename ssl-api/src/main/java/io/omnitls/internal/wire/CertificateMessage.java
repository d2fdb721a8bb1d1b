package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Decodes the Certificate message of TLS 1.2 and older; in TLS 1.3 it is encrypted. */
public final class CertificateMessage {
    private CertificateMessage() {}

    /**
     * The certificates of the message with this body, the peer's own first, whatever bytes they are; none when the peer
     * has no certificate (RFC 5246 section 7.4.2).
     *
     * <pre>
     * opaque ASN.1Cert&lt;1..2^24-1&gt;;
     * struct {
     *     ASN.1Cert certificate_list&lt;0..2^24-1&gt;;
     * } Certificate;
     * </pre>
     *
     * @throws TlsException when the lengths do not fit
     */
    public static List<Bytes> parse(Bytes body) throws TlsException {
        WireReader message = WireReader.of(body, "Certificate", ErrorReason.LENGTH_MISMATCH);
        WireReader list = message.vector24(0, "certificate_list");
        message.finish();
        List<Bytes> certificates = new ArrayList<>();
        while (list.hasRemaining()) {
            // An empty one is for the judge of certificates to refuse, as any other that is none.
            certificates.add(list.vector24(0, "ASN.1Cert").rest());
        }
        return List.copyOf(certificates);
    }
}
