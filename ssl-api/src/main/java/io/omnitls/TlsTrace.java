package io.omnitls;

import io.omnitls.internal.given.Bystander;
import io.omnitls.internal.given.Given;
import java.util.List;

/**
 * Hears what becomes of the connections of a context, over sockets, channels, memory BIOs and the engines of {@code
 * javax.net.ssl} alike: for logs, metrics and profilers. {@link ContextBuilder#trace} sets it. No event has a secret, but they
 * say who talks with whom.
 *
 * <p>Called on the thread that drives the connection, for several connections at a time; it must not wait, since the connection
 * does so meanwhile, and it cannot use the connection. What it throws changes nothing for the connection and goes to the thread's
 * handler of uncaught exceptions. A connection whose context has none pays nothing for it.
 */
@FunctionalInterface
public interface TlsTrace {

    /**
     * Something has happened.
     *
     * @param event one of the records of {@link TlsEvent}, to which others may come: ignore what you do not know
     */
    void event(TlsEvent event);

    /** One that tells these, in this order, whatever one of them throws. */
    static TlsTrace all(TlsTrace... traces) {
        List<TlsTrace> told = List.of(Given.all(traces, "traces"));
        return event -> told.forEach(trace -> Bystander.tell(() -> trace.event(event)));
    }
}
