package io.omnitls.integration;

import io.omnitls.ServerContext;

/** A server program that is given a context. */
@FunctionalInterface
public interface ServerUse extends FarEnd {
    /** Starts it on a port of the loopback interface that the system chooses. */
    Running start(ServerContext context) throws Exception;

    @Override
    default Running start(Case of, String provider) throws Exception {
        return start(of.serverContext(provider));
    }
}
