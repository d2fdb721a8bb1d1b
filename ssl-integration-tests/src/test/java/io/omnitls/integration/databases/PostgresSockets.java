package io.omnitls.integration.databases;

import io.omnitls.ClientContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ssl.WrappedFactory;

/** Where pgjdbc gets its sockets from. It makes the factory by the names in an URL, so contexts have names here. */
public final class PostgresSockets extends WrappedFactory {
    private static final Map<String, ClientContext> CONTEXTS = new ConcurrentHashMap<>();

    /** Gives {@code context} its name. */
    static void register(String name, ClientContext context) {
        CONTEXTS.put(name, context);
    }

    /** @param name the driver's {@code sslfactoryarg} */
    public PostgresSockets(String name) {
        factory = CONTEXTS.get(name).sslSocketFactory();
    }
}
