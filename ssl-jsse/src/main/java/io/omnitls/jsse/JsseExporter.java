package io.omnitls.jsse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Keying material exporters, which {@code ExtendedSSLSession} has since JDK 25. */
final class JsseExporter {
    private static final Optional<Method> EXPORT = export();

    private JsseExporter() {}

    private static Optional<Method> export() {
        try {
            return Optional.of(ExtendedSSLSession.class.getMethod(
                    "exportKeyingMaterialData", String.class, byte[].class, int.class));
        } catch (NoSuchMethodException beforeJdk25) {
            return Optional.empty();
        }
    }

    static boolean present() {
        return EXPORT.isPresent();
    }

    static byte[] export(SSLSession session, String label, byte @Nullable [] context, int length) throws SSLException {
        try {
            return (byte[])
                    EXPORT.orElseThrow(UnsupportedOperationException::new).invoke(session, label, context, length);
        } catch (InvocationTargetException e) {
            // In TLS 1.2 without extended_master_secret it refuses (RFC 7627 section 5.4).
            throw e.getCause() instanceof SSLException refusal
                    ? refusal
                    : new SSLException("SunJSSE cannot export: " + e.getCause(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new LinkageError("ExtendedSSLSession is public", e);
        }
    }
}
