package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.ClientHelloCollector;
import io.omnitls.internal.wire.ContentType;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.TlsAlert;
import java.util.Optional;

/**
 * Where a server connection waits for its ClientHello. An engine is made only when it is known who answers, so it is
 * never swapped; the bytes stay in the queue and are the engine's first.
 */
final class HelloGate {
    private final Endpoint.ForHello acceptor;
    private final ClientHelloCollector collector = new ClientHelloCollector();
    // Every byte is looked at once, whatever pieces they come in: a client is nobody yet.
    private int collected;
    private int recordEnd;
    private Optional<ClientHello> answered = Optional.empty();

    HelloGate(Endpoint.ForHello acceptor) {
        this.acceptor = acceptor;
    }

    /**
     * The endpoint that answers the ClientHello in {@code inbound}, or empty while it is not complete.
     *
     * @throws TlsException when the bytes are no ClientHello or nobody answers it
     */
    Optional<Endpoint> accept(ByteQueue inbound) throws TlsException {
        Optional<ClientHello> hello =
                collector.add(inbound.array(), inbound.start() + collected, inbound.size() - collected);
        collected = inbound.size();
        if (hello.isEmpty()) {
            return Optional.empty();
        }
        join(inbound, hello.get());
        answered = hello;
        try {
            return Optional.of(acceptor.accept(hello.get()));
        } catch (TlsException refusal) {
            throw refusal;
        } catch (Throwable e) { // whatever the application's code throws, this hello was its only chance
            throw new TlsException(
                    ErrorReason.CALLBACK_FAILED,
                    "the choice of who answers the ClientHello failed: " + e,
                    TlsAlert.sent(AlertDescription.HANDSHAKE_FAILURE),
                    e);
        }
    }

    /**
     * What the client has said: known as soon as it is complete, whatever {@link #accept} makes of it.
     *
     * @throws IllegalStateException before
     */
    ClientHello hello() {
        return answered.orElseThrow(() -> new IllegalStateException("the ClientHello is not complete"));
    }

    /**
     * Spares the engine the records that the client has cut its ClientHello into: backends take some 40 microseconds for each
     * of them, and one byte in each is enough. The transcript is of messages and knows no records.
     */
    private void join(ByteQueue inbound, ClientHello hello) {
        if (collector.consumed() == RecordHeader.SIZE + hello.raw().size()) {
            return; // it came in one
        }
        int version = inbound.header(0).version();
        byte[] joined =
                RecordHeader.framed(ContentType.HANDSHAKE, version, hello.raw().toByteArray());
        if (joined.length < collector.consumed()) {
            inbound.replaceFront(collector.consumed(), joined);
        }
    }

    /** How many bytes the record that {@code inbound} ends in still lacks, at least 1. */
    int missing(ByteQueue inbound) {
        while (inbound.size() - recordEnd >= RecordHeader.SIZE) {
            recordEnd += inbound.header(recordEnd).recordSize();
        }
        int have = inbound.size() - recordEnd;
        return have < 0 ? -have : RecordHeader.SIZE - have;
    }
}
