package io.omnitls.integration;

import io.omnitls.ServerContext;

/** A server program that is given a context. */
@FunctionalInterface
public interface ServerUse {
    /** Starts it on a port of the loopback interface that the system chooses. */
    Running start(ServerContext context) throws Exception;
}
