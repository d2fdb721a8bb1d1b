package io.omnitls.conscrypt;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.lang.reflect.Method;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * Server names without a dot, as every service of a cluster has. Conscrypt keeps them to itself, in {@code
 * NativeSsl.initialize}, which leaves a name alone that BoringSSL was given before.
 */
final class AnyServerName {
    private static final Optional<AnyServerName> ACCESS = access();

    private final NativeHandle handle;
    private final Method setName;

    private AnyServerName() throws ReflectiveOperationException {
        handle = new NativeHandle();
        setName = handle.function("SSL_set_tlsext_host_name", String.class);
    }

    private static Optional<AnyServerName> access() {
        try {
            return Optional.of(new AnyServerName());
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            return Optional.empty();
        }
    }

    /** Whether this version of Conscrypt lets such names be sent. */
    static boolean sendable() {
        return ACCESS.isPresent();
    }

    /** Makes {@code engine}, whose handshake has not begun, send {@code name} where Conscrypt would not. */
    static void send(SSLEngine engine, String name) throws TlsException {
        if (name.indexOf('.') >= 0 || ACCESS.isEmpty()) {
            return; // without access no context lets such a name come here, but for localhost, which Conscrypt sends
        }
        AnyServerName access = ACCESS.get();
        try {
            access.handle.call(access.setName, engine, name);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR, "BoringSSL does not take the server name '" + name + "'", e);
        }
    }
}
