package io.omnitls.spi;

/** Whether a backend works in this process, and if not, why. */
public sealed interface Availability {

    /** The backend works. */
    record Available() implements Availability {}

    /**
     * The backend does not work here.
     *
     * @param reason one sentence for the user: what is missing or in the way, and what to do about it
     */
    record Unavailable(String reason) implements Availability {}
}
