package io.omnitls.jsse;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Role;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.SessionSpec;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes contexts with or without session tickets in TLS 1.2. SunJSSE goes by a system property, which it reads when a
 * context is made and never again (found by experiment on JDK 17 and 25): so it is set for just that moment. A context
 * that somebody else makes in that moment keeps its sessions in its cache, and works as well.
 */
final class TicketSwitch {
    private TicketSwitch() {}

    static synchronized SSLContext context(ContextSpec spec, Provider backend) throws TlsException {
        String property =
                "jdk.tls." + (spec.role() == Role.CLIENT ? "client" : "server") + ".enableSessionTicketExtension";
        String before = System.getProperty(property);
        set(property, String.valueOf(tickets(spec.sessions())));
        try {
            return SSLContext.getInstance("TLS", backend);
        } catch (NoSuchAlgorithmException e) {
            throw new TlsException(ErrorReason.INTERNAL_ERROR, "SunJSSE has no TLS context", e);
        } finally {
            set(property, before);
        }
    }

    /** SunJSSE 17 takes a ticket of TLS 1.2 whatever its age is; what it keeps itself it forgets in time. */
    private static boolean tickets(SessionSpec sessions) {
        return sessions.ticketsTls12() && sessions.timeout().isEmpty();
    }

    private static void set(String property, @Nullable String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }
}
