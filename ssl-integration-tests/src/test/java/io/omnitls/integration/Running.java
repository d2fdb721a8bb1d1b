package io.omnitls.integration;

/** A server that runs until it is stopped. */
public record Running(int port, Stop stop) {
    /** Ends a server, and what it has begun. */
    @FunctionalInterface
    public interface Stop {
        void now() throws Exception;
    }
}
