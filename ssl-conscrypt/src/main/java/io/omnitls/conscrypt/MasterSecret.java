package io.omnitls.conscrypt;

import java.lang.reflect.Field;
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

    private final Method delegate;
    private final Field nativeSsl;
    private final Field pointer;
    private final Method get1Session;
    private final Method serialize;
    private final Method free;

    private MasterSecret() throws ReflectiveOperationException {
        Class<?> ssl = Class.forName("org.conscrypt.NativeSsl");
        Class<?> crypto = Class.forName("org.conscrypt.NativeCrypto");
        delegate = Class.forName("org.conscrypt.Java8EngineWrapper").getDeclaredMethod("getDelegate", SSLEngine.class);
        nativeSsl = Class.forName("org.conscrypt.ConscryptEngine").getDeclaredField("ssl");
        pointer = ssl.getDeclaredField("ssl");
        get1Session = crypto.getDeclaredMethod("SSL_get1_session", long.class, ssl);
        serialize = crypto.getDeclaredMethod("i2d_SSL_SESSION", long.class);
        free = crypto.getDeclaredMethod("SSL_SESSION_free", long.class);
        for (Method method : new Method[] {delegate, get1Session, serialize, free}) {
            method.setAccessible(true);
        }
        nativeSsl.setAccessible(true);
        pointer.setAccessible(true);
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
        Object ssl = nativeSsl.get(delegate.invoke(null, engine));
        long session = (long) get1Session.invoke(null, pointer.get(ssl), ssl);
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
