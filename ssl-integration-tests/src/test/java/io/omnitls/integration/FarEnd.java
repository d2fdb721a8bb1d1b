package io.omnitls.integration;

/** A server that a case wants, whatever it is made with. */
@FunctionalInterface
public interface FarEnd {
    /** Starts it on a free port of the loopback interface, for the clients of this provider. */
    Running start(Case of, String provider) throws Exception;
}
