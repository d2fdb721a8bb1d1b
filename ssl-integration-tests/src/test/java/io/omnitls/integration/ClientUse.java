package io.omnitls.integration;

import io.omnitls.ClientContext;

/** A client program that is given a context. */
@FunctionalInterface
public interface ClientUse {
    /**
     * Connects to "localhost" and makes one exchange, for which it has {@link Deadline#SECONDS}.
     *
     * @return what was agreed on and what the server said, as a {@link Scene} expects it
     */
    String exchange(ClientContext context, int port) throws Exception;
}
