package io.omnitls.testkit;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Hears what {@code java.util.logging} would print. */
final class LogListener extends Handler {
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();

    List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord message) {
        messages.add(message.getLoggerName() + ": " + message.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
