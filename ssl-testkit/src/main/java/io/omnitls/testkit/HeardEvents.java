package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.TlsEvent;
import io.omnitls.TlsEvent.OfConnection;
import io.omnitls.TlsTrace;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a trace has heard. */
final class HeardEvents implements TlsTrace {
    private final Queue<TlsEvent> heard = new ConcurrentLinkedQueue<>();

    @Override
    public void event(TlsEvent event) {
        heard.add(event);
    }

    List<TlsEvent> all() {
        return List.copyOf(heard);
    }

    /** The events of one connection, which are of these kinds in this order. */
    List<OfConnection> require(String where, List<Class<? extends OfConnection>> kinds) {
        List<TlsEvent> events = all();
        assertEquals(kinds, events.stream().map(Object::getClass).toList(), () -> where + ": " + events);
        List<OfConnection> ofConnection =
                events.stream().map(OfConnection.class::cast).toList();
        assertEquals(
                1,
                ofConnection.stream()
                        .map(event -> event.connection().id())
                        .distinct()
                        .count(),
                where);
        return ofConnection;
    }

    /** The event at this place. */
    <T extends TlsEvent> T get(int index, Class<T> kind) {
        return kind.cast(all().get(index));
    }
}
