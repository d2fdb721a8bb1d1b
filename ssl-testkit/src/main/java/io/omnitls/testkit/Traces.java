package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.protocol.ObservedMessage;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the observers at both ends of one connection see. */
final class Traces {
    final Queue<ObservedMessage> client = new ConcurrentLinkedQueue<>();
    final Queue<ObservedMessage> server = new ConcurrentLinkedQueue<>();

    /** What one end sent is what the other received, in the clear and in the headers. */
    void requireMirrored(String what) {
        assertEquals(bytes(client, true), bytes(server, false), what);
        assertEquals(bytes(server, true), bytes(client, false), what);
        assertEquals(
                1,
                client.stream()
                        .mapToLong(ObservedMessage::connection)
                        .distinct()
                        .count());
    }

    private static List<String> bytes(Queue<ObservedMessage> seen, boolean sent) {
        return seen.stream()
                .filter(message -> message.sent() == sent)
                .map(message -> message.contentType() + " " + message.messageType() + " " + message.bytes())
                .toList();
    }

    /** Of the clear part only the kinds of messages, by direction: they are the same for every transport. */
    List<String> kinds() {
        return client.stream()
                .filter(message -> !message.encrypted())
                .sorted(Comparator.comparing(ObservedMessage::sent)) // stable: the two directions may interleave
                .map(message -> message.sent() + " " + message.contentType() + " " + message.messageType())
                .toList();
    }
}
