package io.omnitls.conscrypt;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * The master secret of a connection in TLS 1.2. Conscrypt has no method for it, and BoringSSL's callback for key logs is
 * not in its native library; but it serializes sessions (2.9.0 does so for the caches of Android's applications), and a
 * session of TLS 1.2 is its master secret. The public way, {@code SSLClientSessionCache}, shows the sessions of clients
 * alone, and those of full handshakes; so this goes by the same native methods, which are not public. In TLS 1.3 a session
 * has the secret of later connections only.
 */
final class MasterSecret {
    /** {@code SEQUENCE { version, sslVersion, cipher, sessionID, masterKey, ... }}: {@code i2d_SSL_SESSION} of OpenSSL. */
    private static final int BEFORE_MASTER_KEY = 4;

    private static final Optional<MasterSecret> ACCESS = access();

    private final NativeHandle handle;
    private final Method get1Session;
    private final Method serialize;
    private final Method free;

    private MasterSecret() throws ReflectiveOperationException {
        handle = new NativeHandle();
        get1Session = handle.function("SSL_get1_session");
        serialize = handle.functionOn(long.class, "i2d_SSL_SESSION");
        free = handle.functionOn(long.class, "SSL_SESSION_free");
    }

    private static Optional<MasterSecret> access() {
        try {
            return Optional.of(new MasterSecret());
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            return Optional.empty();
        }
    }

    /** Whether this version of Conscrypt lets it be read. */
    static boolean readable() {
        return ACCESS.isPresent();
    }

    /**
     * The master secret of the completed handshake of {@code engine}; the caller wipes it.
     *
     * @throws SSLException when Conscrypt does not give it
     */
    static byte[] of(SSLEngine engine) throws SSLException {
        try {
            return ACCESS.orElseThrow(() -> new SSLException("this Conscrypt shows no master secret"))
                    .read(engine);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new SSLException("Conscrypt did not show the master secret", e);
        }
    }

    private byte[] read(SSLEngine engine) throws ReflectiveOperationException {
        long session = (long) handle.call(get1Session, engine);
        try {
            byte[] der = (byte[]) serialize.invoke(null, session);
            try {
                return masterKey(der);
            } finally {
                Arrays.fill(der, (byte) 0);
            }
        } finally {
            free.invoke(null, session);
        }
    }

    private static byte[] masterKey(byte[] der) {
        int at = contentOf(der, 0);
        for (int i = 0; i < BEFORE_MASTER_KEY; i++) {
            at = contentOf(der, at) + lengthOf(der, at);
        }
        int start = contentOf(der, at);
        return Arrays.copyOfRange(der, start, start + lengthOf(der, at));
    }

    /** Where the content of the element at {@code at} begins: X.690 8.1.3. */
    private static int contentOf(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
    }

    private static int lengthOf(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        if (length < 0x80) {
            return length;
        }
        int value = 0;
        for (int i = at + 2; i < contentOf(der, at); i++) {
            value = value << 8 | der[i] & 0xff;
        }
        return value;
    }
}
