package io.omnitls.bcfips;

import java.util.Vector;
import org.bouncycastle.jsse.BCSNIHostName;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;

/**
 * The names that a ClientHello asked for, as the backend remembers them. On both ends, when a handshake is complete, it
 * makes a {@link BCSNIHostName} of each for its session, which throws for whatever is not made of letters, digits and
 * hyphens: a connection to {@code a_b.example} would break in its last step.
 */
final class RequestedNames {
    private RequestedNames() {}

    /** Makes the backend forget the names that it could not list; by now they have done their work. */
    static void keepListable(TlsCryptoParameters parameters) {
        // Without generics in the backend, and its own object: what is removed here is removed there.
        Vector<?> names = parameters.getSecurityParametersHandshake().getClientServerNames();
        if (names != null) {
            names.removeIf(name -> !listable((ServerName) name));
        }
    }

    private static boolean listable(ServerName name) {
        if (name.getNameType() != NameType.host_name) {
            return true;
        }
        try {
            return !new BCSNIHostName(name.getNameData()).getAsciiName().isEmpty();
        } catch (RuntimeException refused) {
            return false;
        }
    }
}
