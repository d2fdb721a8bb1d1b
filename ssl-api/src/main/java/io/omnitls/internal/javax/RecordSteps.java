package io.omnitls.internal.javax;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsZeroReturnException;
import io.omnitls.internal.engine.ConnectionCore;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.engine.HandshakeFacts;
import io.omnitls.internal.engine.SharedQueue;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.protocol.TlsVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One of our connections, a record at a time: what {@code SSLEngine} is about. Its transport is two queues; {@code unwrap} puts
 * one record into the incoming one and {@code wrap} takes one out of the outgoing one.
 *
 * <p>All that follows from what the peer says is done by delegated tasks: parsing, keys, verification, and whatever code of the
 * application that asks. A client's first word follows from nothing, and is made when it is asked for: who drives an engine (Kafka
 * for one) expects to be told NEED_WRAP then. So {@code wrap} and {@code unwrap} are never held up by more than a cipher. An open connection
 * has no tasks.
 *
 * <p>One thread may wrap while another unwraps. The states and their answers are those of SunJSSE's engine.
 */
final class RecordSteps {
    private final boolean client;
    private final ConnectionCore core;
    private final BooleanSupplier halfClose;
    private final SharedQueue incoming;
    private final SharedQueue outgoing;
    private final ReentrantLock wrapping = new ReentrantLock();
    private final ReentrantLock unwrapping = new ReentrantLock();
    private final ReentrantLock turn = new ReentrantLock(); // guards changes of progress, and is held for no work

    private volatile Progress progress = Progress.UNBEGUN;
    private volatile boolean
            inboundClosed; // a fact about one direction: the peer's close_notify, a failure, or closeInbound
    private boolean dataSent; // by who wraps
    private boolean closeWanted; // guarded by turn: while a task is at work, which nobody waits for

    /** Odd while data of a caller passes the outgoing queue. */
    private final AtomicInteger passages = new AtomicInteger();

    /** What a task failed with, until a caller of {@link #wrap} or {@link #unwrap} was told. */
    private final AtomicReference<@Nullable SSLException> untold = new AtomicReference<>();

    private final AtomicBoolean released = new AtomicBoolean(); // what the backend holds, once

    /** How far the handshake has come. */
    private enum Progress {
        UNBEGUN,
        /** A client has to say its first word. */
        HELLO_DUE,
        /** There is something to be done that may take its time. */
        TASK_DUE,
        /** Somebody does it. */
        TASK_TAKEN,
        /** The peer has to go on, once it has what is in the outgoing queue. */
        PEER_DUE,
        /** It is complete, and nobody was told FINISHED. */
        COMPLETE,
        OPEN,
        OVER
    }

    /** @param halfClose whether this end can write after the peer's close_notify, when the handshake is complete */
    RecordSteps(
            boolean client,
            ConnectionCore core,
            BooleanSupplier halfClose,
            SharedQueue incoming,
            SharedQueue outgoing) {
        this.client = client;
        this.core = core;
        this.halfClose = halfClose;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    HandshakeStatus status() {
        Progress now = progress;
        if (now == Progress.TASK_DUE || now == Progress.TASK_TAKEN) {
            return HandshakeStatus.NEED_TASK;
        }
        if (now == Progress.HELLO_DUE || toSend() || untold.get() != null || now == Progress.COMPLETE) {
            return HandshakeStatus.NEED_WRAP;
        }
        return now == Progress.PEER_DUE ? HandshakeStatus.NEED_UNWRAP : HandshakeStatus.NOT_HANDSHAKING;
    }

    /**
     * Whether there is something to hand out that is not being handed out. Who wraps data looks again when his has gone, and tells
     * his caller; to who unwraps meanwhile it must be no news: Tomcat takes NEED_WRAP for a new handshake and ends the connection.
     */
    private boolean toSend() {
        int before = passages.get();
        return (before & 1) == 0 && outgoing.size() > 0 && passages.get() == before;
    }

    /** Begins with the handshake, unless it has begun. */
    void begin() {
        if (progress == Progress.UNBEGUN) {
            advance(Progress.UNBEGUN, client ? Progress.HELLO_DUE : Progress.PEER_DUE);
        }
    }

    boolean handshaking() {
        return switch (progress) {
            case HELLO_DUE, TASK_DUE, TASK_TAKEN, PEER_DUE -> true;
            case UNBEGUN, COMPLETE, OPEN, OVER -> false;
        };
    }

    private boolean advance(Progress before, Progress after) {
        turn.lock();
        try {
            if (progress != before) {
                return false;
            }
            progress = after;
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** What has to be done before the handshake goes on; null when there is nothing, or somebody is at it. */
    @Nullable
    Runnable task() {
        return advance(Progress.TASK_DUE, Progress.TASK_TAKEN) ? new Task() : null;
    }

    private final class Task implements Runnable {
        private final AtomicBoolean begun = new AtomicBoolean(); // it is done once, however often somebody runs it

        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                Progress after = Progress.OVER;
                try {
                    after = advanced();
                } finally {
                    done(after);
                }
            }
        }
    }

    private Progress advanced() {
        try {
            core.handshake(Deadline.NONE);
            return Progress.COMPLETE;
        } catch (TlsWantReadException more) {
            return Progress.PEER_DUE;
        } catch (IOException failure) {
            tellLater(failure);
            return Progress.OVER;
        } catch (RuntimeException | Error ofTheApplication) {
            tellLater(new TlsException(
                    ErrorReason.CALLBACK_FAILED, "a delegated task threw " + ofTheApplication, ofTheApplication));
            throw ofTheApplication;
        }
    }

    private void tellLater(IOException failure) {
        inboundClosed = true;
        untold.set(handshakeException(failure));
    }

    /** Kafka and others tell by this class alone what is worth trying again; the cause is ours. */
    private static SSLException handshakeException(IOException failure) {
        SSLHandshakeException told = new SSLHandshakeException(failure.getMessage());
        told.initCause(failure);
        return told;
    }

    private static SSLException sslException(IOException failure) {
        if (failure instanceof SSLException tls) {
            return tls;
        }
        throw new AssertionError("there is no transport that could fail", failure);
    }

    private void done(Progress after) {
        boolean close;
        turn.lock();
        try {
            if (progress == Progress.TASK_TAKEN) { // and not over, by whoever gave it up at the same moment
                progress = after;
            }
            close = closeWanted;
        } finally {
            turn.unlock();
        }
        if (close) {
            closeNow();
        }
    }

    SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        wrapping.lock();
        try {
            tell();
            begin();
            sayFirstWord();
            HandshakeStatus status = status();
            if (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_UNWRAP) {
                return new SSLEngineResult(Status.OK, status, 0, 0);
            }
            if (status == HandshakeStatus.NEED_WRAP) {
                return handedOut(0, outgoing.takeRecord(target));
            }
            if (outboundClosed()) {
                return new SSLEngineResult(Status.CLOSED, status, 0, 0);
            }
            if (target.remaining() < SessionView.PACKET_BUFFER_SIZE) {
                return new SSLEngineResult(Status.BUFFER_OVERFLOW, status, 0, 0);
            }
            return wrapData(sources, offset, length, target);
        } catch (TlsZeroReturnException peerHasClosed) {
            return new SSLEngineResult(Status.CLOSED, status(), 0, 0);
        } catch (IOException failure) {
            if (outboundClosed() && !core.failed()) { // by another thread, since this one has looked
                return new SSLEngineResult(Status.CLOSED, status(), 0, 0);
            }
            throw failed(failure);
        } finally {
            wrapping.unlock();
            releaseIfOver();
        }
    }

    private void sayFirstWord() throws SSLException {
        if (advance(Progress.HELLO_DUE, Progress.TASK_TAKEN)) {
            try {
                new Task().run();
            } catch (RuntimeException ofTheApplication) {
                // Which is the cause of what is told now.
            }
            tell();
        }
    }

    private SSLEngineResult wrapData(ByteBuffer[] sources, int offset, int length, ByteBuffer target)
            throws IOException {
        int consumed;
        int produced;
        passages.incrementAndGet();
        try {
            if (NetworkRecord.worthALoan(sources, offset, length)) {
                outgoing.lend(target);
            }
            consumed = core.writeRecord(sources, offset, length, dataSent ? RecordHeader.MAX_PLAINTEXT : mostAtFirst());
            dataSent |= consumed > 0;
            produced = outgoing.collect(target);
            if (produced == 0) {
                produced = outgoing.takeRecord(target);
            }
            for (int more = produced; consumed > 0 && more > 0; ) {
                more = outgoing.takeRecord(target);
                produced += Math.max(0, more);
            }
        } finally {
            outgoing.keep();
            passages.incrementAndGet();
        }
        return handedOut(consumed, produced);
    }

    /**
     * A ticket holds the chain that the client has shown. What of it and the data behind it has no room in a target is left for another
     * call, and NEED_WRAP says so: SunJSSE never does then, and Undertow ends the connection.
     */
    private int mostAtFirst() throws TlsException {
        boolean large = !client
                && core.ticketsBeforeData()
                && core.facts().filter(RecordSteps::ticketsMayBeLarge).isPresent();
        return large ? FIRST_DATA : RecordHeader.MAX_PLAINTEXT;
    }

    private static boolean ticketsMayBeLarge(HandshakeFacts agreed) {
        return agreed.negotiated().version() == TlsVersion.TLS_1_3
                && !agreed.peerChain().isEmpty();
    }

    private static final int FIRST_DATA = 1024;

    /** What to say of a record of the handshake, of an answer, or of what the data of the caller has become. */
    private SSLEngineResult handedOut(int consumed, int produced) {
        if (produced == SharedQueue.NO_ROOM) {
            return new SSLEngineResult(Status.BUFFER_OVERFLOW, status(), consumed, 0);
        }
        HandshakeStatus status = finished() ? HandshakeStatus.FINISHED : status();
        boolean last = outboundClosed() && status != HandshakeStatus.NEED_WRAP;
        return new SSLEngineResult(last ? Status.CLOSED : Status.OK, status, consumed, produced);
    }

    /** Whether this is the moment to say that the handshake is complete: the peer has what it needs. */
    private boolean finished() {
        return progress == Progress.COMPLETE && outgoing.size() == 0 && advance(Progress.COMPLETE, Progress.OPEN);
    }

    SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        unwrapping.lock();
        try {
            tell();
            if (inboundClosed) {
                return new SSLEngineResult(Status.CLOSED, status(), 0, 0);
            }
            begin();
            return switch (progress) {
                case OPEN -> opened(source, new Targets(targets, offset, length));
                case COMPLETE -> firstOpened(source, new Targets(targets, offset, length));
                default -> handshakeRecord(source);
            };
        } catch (IOException failure) {
            throw failed(failure);
        } finally {
            unwrapping.unlock();
            releaseIfOver();
        }
    }

    private SSLEngineResult handshakeRecord(ByteBuffer source) throws TlsException {
        HandshakeStatus status = status();
        if (status != HandshakeStatus.NEED_UNWRAP) {
            return new SSLEngineResult(Status.OK, status, 0, 0);
        }
        int size = NetworkRecord.size(source);
        if (size > source.remaining()) {
            return new SSLEngineResult(Status.BUFFER_UNDERFLOW, status, 0, 0);
        }
        NetworkRecord.take(source, size, incoming);
        advance(Progress.PEER_DUE, Progress.TASK_DUE);
        return new SSLEngineResult(Status.OK, status(), size, 0);
    }

    /**
     * The data that may have come with the end of the handshake is not held up by what this end has to say yet: Undertow would not
     * ask for it again before more comes.
     */
    private SSLEngineResult firstOpened(ByteBuffer source, Targets targets) throws IOException {
        SSLEngineResult result = opened(source, targets);
        int consumed = result.bytesConsumed();
        return new SSLEngineResult(
                consumed > 0 ? result.getStatus() : Status.OK,
                finished() ? HandshakeStatus.FINISHED : status(),
                consumed,
                result.bytesProduced());
    }

    private SSLEngineResult opened(ByteBuffer source, Targets targets) throws IOException {
        int size = NetworkRecord.size(source);
        if (source.remaining() >= RecordHeader.SIZE && targets.room() < NetworkRecord.mostData(source, size)) {
            return new SSLEngineResult(Status.BUFFER_OVERFLOW, status(), 0, 0);
        }
        if (size > source.remaining()) {
            return new SSLEngineResult(Status.BUFFER_UNDERFLOW, status(), 0, 0);
        }
        int data;
        NetworkRecord.lend(source, size, incoming);
        try {
            data = read(targets, size);
        } finally {
            incoming.keep();
        }
        if (data == ConnectionCore.END) {
            try {
                answerCloseNotify();
            } finally {
                inboundClosed = true; // behind the answer: from now on whoever writes may release the connection
            }
            return new SSLEngineResult(Status.CLOSED, status(), size, 0);
        }
        return new SSLEngineResult(Status.OK, status(), size, data);
    }

    /** RFC 5246 section 7.2.1: the other end answers with its own, and writes no more. Not all backends do. */
    private void answerCloseNotify() throws IOException {
        if (!halfClose.getAsBoolean() && !outboundClosed()) {
            core.closeOutbound(Deadline.NONE);
        }
    }

    private int read(Targets targets, int size) throws IOException {
        try {
            Optional<ByteBuffer> fitting = targets.fitting(Math.min(size, RecordHeader.MAX_PLAINTEXT));
            if (fitting.isPresent()) {
                return core.read(fitting.get(), Deadline.NONE);
            }
            byte[] data = core.read(RecordHeader.MAX_PLAINTEXT, Deadline.NONE);
            targets.put(data);
            Arrays.fill(data, (byte) 0);
            return data.length > 0 ? data.length : ConnectionCore.END;
        } catch (TlsWantReadException noData) {
            return 0; // a message of the protocol, or a record without data
        }
    }

    private void tell() throws SSLException {
        SSLException failure = untold.get() == null ? null : untold.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
    }

    private SSLException failed(IOException failure) {
        SSLException tls = sslException(failure);
        if (core.failed()) {
            inboundClosed = true;
            progress = Progress.OVER;
        }
        return tls;
    }

    void closeOutbound() {
        turn.lock();
        try {
            closeWanted = true;
            if (progress == Progress.TASK_TAKEN) {
                return;
            }
        } finally {
            turn.unlock();
        }
        closeNow();
        releaseIfOver();
    }

    private void closeNow() {
        try {
            if (core.facts().isPresent()) {
                core.closeOutbound(Deadline.NONE);
            } else if (!core.outboundClosed()) {
                core.abandon();
                inboundClosed = true;
                progress = Progress.OVER;
            }
        } catch (IOException failed) {
            inboundClosed = true; // it has failed before, and what failed said so
        }
    }

    /** @throws TlsEofException when the peer's close_notify is missing: its data may be truncated, or its handshake is */
    void closeInbound() throws TlsException {
        if (inboundClosed) {
            return;
        }
        inboundClosed = true;
        boolean begun = progress != Progress.UNBEGUN;
        boolean complete = core.facts().isPresent();
        if (!complete) {
            closeOutbound();
        }
        releaseIfOver();
        if (begun) {
            throw new TlsEofException(
                    "the transport ended " + (complete ? "without close_notify" : "during the handshake"));
        }
    }

    boolean inboundDone() {
        return inboundClosed;
    }

    boolean outboundDone() {
        return outboundClosed() && outgoing.size() == 0 && status() != HandshakeStatus.NEED_WRAP;
    }

    /** In TLS 1.2 an engine answers the peer's close_notify with its own (RFC 5246 section 7.2.1). */
    private boolean outboundClosed() {
        return core.outboundClosed() || core.closeNotifySent();
    }

    /** Nobody closes an engine, so what the backend holds goes when nothing more can come. */
    private void releaseIfOver() {
        if (inboundClosed && outboundDone() && released.compareAndSet(false, true)) {
            try {
                core.close();
            } catch (IOException impossible) {
                throw new AssertionError("there is no transport to close", impossible);
            }
        }
    }
}
