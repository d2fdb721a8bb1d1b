package io.omnitls.benchmarks.peers;

/**
 * What goes over a connection.
 *
 * @param message bytes of a message
 * @param bulk one way, one after the other; else each is sent back before the next one
 */
public record Traffic(int message, boolean bulk) {}
