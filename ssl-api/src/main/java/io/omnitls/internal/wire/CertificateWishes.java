package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.ClientHello;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** What a ClientHello says about the certificates that the server may show, beyond signature_algorithms. */
public final class CertificateWishes {
    private CertificateWishes() {}

    /**
     * The ids of the schemes that certificates may be signed with (RFC 8446 section 4.2.3), in the client's order; empty
     * when signature_algorithms speaks for them too.
     *
     * <pre>
     * SignatureScheme supported_signature_algorithms&lt;2..2^16-2&gt;;
     * </pre>
     */
    public static Optional<List<Integer>> signatureSchemes(ClientHello hello) throws TlsException {
        Optional<ClientHello.Extension> extension = hello.extension(ExtensionType.SIGNATURE_ALGORITHMS_CERT);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        WireReader data = reader(extension.get(), "signature_algorithms_cert");
        List<Integer> schemes =
                data.vector16(2, "supported_signature_algorithms").uint16s("supported_signature_algorithms");
        data.finish();
        return Optional.of(schemes);
    }

    /**
     * The authorities that the client trusts (RFC 8446 section 4.2.4); an empty list means any.
     *
     * <pre>
     * opaque DistinguishedName&lt;1..2^16-1&gt;;
     * DistinguishedName authorities&lt;3..2^16-1&gt;;
     * </pre>
     */
    public static List<X500Principal> authorities(ClientHello hello) throws TlsException {
        Optional<ClientHello.Extension> extension = hello.extension(ExtensionType.CERTIFICATE_AUTHORITIES);
        List<X500Principal> authorities = new ArrayList<>();
        if (extension.isPresent()) {
            WireReader data = reader(extension.get(), "certificate_authorities");
            WireReader names = data.vector16(3, "authorities");
            while (names.hasRemaining()) {
                byte[] name = names.opaque16(1, "DistinguishedName").toByteArray();
                try {
                    authorities.add(new X500Principal(name));
                } catch (IllegalArgumentException notDer) {
                    throw names.malformed("a DistinguishedName is not DER");
                }
            }
            data.finish();
        }
        return authorities;
    }

    private static WireReader reader(ClientHello.Extension extension, String name) {
        return WireReader.of(extension.data(), name + " of ClientHello", ErrorReason.BAD_EXTENSION);
    }
}
