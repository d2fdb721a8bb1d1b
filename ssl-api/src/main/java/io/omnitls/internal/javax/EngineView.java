package io.omnitls.internal.javax;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ConnectionCore;
import io.omnitls.internal.engine.SharedQueue;
import io.omnitls.internal.given.Given;
import io.omnitls.internal.given.Port;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection of ours as an {@link SSLEngine}, whatever the backend is: {@link RecordSteps} are how it moves, and what it
 * agreed on is seen through {@link SessionView}.
 */
public final class EngineView extends SSLEngine {
    private final ConnectionFacts facts;
    private final ConnectionParameters parameters;
    private final RecordSteps steps;
    private final SessionView session;
    private final SessionView handshakeSession;
    private volatile @Nullable BiFunction<SSLEngine, List<String>, String> selector;

    /** The queues that a connection works in. */
    public record Queues(SharedQueue incoming, SharedQueue outgoing) {
        public Queues() {
            this(new SharedQueue(), new SharedQueue());
        }
    }

    /**
     * @param host whom the peer was said to be
     * @param port and where
     * @param core moves records through {@code queues}
     */
    public EngineView(
            Optional<String> host,
            OptionalInt port,
            ConnectionCore core,
            Queues queues,
            ConnectionFacts facts,
            ConnectionParameters parameters) {
        super(host.orElse(null), port.orElse(Port.UNKNOWN));
        this.facts = facts;
        this.parameters = parameters;
        this.steps =
                new RecordSteps(parameters.clientMode(), core, facts::halfClose, queues.incoming(), queues.outgoing());
        this.session = new SessionView(facts);
        this.handshakeSession = session.handshaking();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        requireBuffers(sources, offset, length, "source");
        if (requireBuffer(target, "target").isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return steps.wrap(sources, offset, length, target);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        requireBuffer(source, "source");
        requireBuffers(targets, offset, length, "target");
        for (int i = offset; i < offset + length; i++) {
            if (targets[i].isReadOnly()) {
                throw new ReadOnlyBufferException();
            }
        }
        return steps.unwrap(source, targets, offset, length);
    }

    /** {@code SSLEngine} says IllegalArgumentException where others say NullPointerException. */
    private static ByteBuffer requireBuffer(@Nullable ByteBuffer buffer, String name) {
        if (buffer == null) {
            throw new IllegalArgumentException("the " + name + " is null");
        }
        return buffer;
    }

    private static void requireBuffers(ByteBuffer @Nullable [] buffers, int offset, int length, String name) {
        if (buffers == null) {
            throw new IllegalArgumentException("the " + name + "s are null");
        }
        if (offset < 0 || length < 0 || offset > buffers.length - length) {
            throw new IndexOutOfBoundsException(length + " " + name + "s from " + offset + " on, of " + buffers.length);
        }
        for (int i = offset; i < offset + length; i++) {
            requireBuffer(buffers[i], name);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // null means that there is none, says SSLEngine
    public Runnable getDelegatedTask() {
        return steps.task();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return steps.status();
    }

    /**
     * Begins with the handshake, unless it has begun.
     *
     * @throws TlsException NO_RENEGOTIATION when it is complete
     */
    @Override
    public void beginHandshake() throws SSLException {
        if (facts.handshakeComplete()) {
            throw new TlsException(
                    ErrorReason.NO_RENEGOTIATION, "the handshake is complete, and there is no other on a connection");
        }
        steps.begin();
    }

    @Override
    public void closeInbound() throws SSLException {
        steps.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return steps.inboundDone();
    }

    @Override
    public void closeOutbound() {
        steps.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return steps.outboundDone();
    }

    @Override
    public SSLSession getSession() {
        return session;
    }

    /** What is known so far of what a handshake that is under way agrees on; null when none is. */
    @Override
    @SuppressWarnings("NullAway") // allowed by SSLEngine
    public SSLSession getHandshakeSession() {
        return steps.handshaking() ? handshakeSession : null;
    }

    /** The protocol that ALPN selected; empty when none was, null before the handshake is complete. */
    @Override
    @SuppressWarnings("NullAway") // null means not yet, says SSLEngine
    public String getApplicationProtocol() {
        return facts.handshakeComplete() ? facts.applicationProtocol().orElse("") : null;
    }

    /** As {@link #getApplicationProtocol}: nothing is known before the handshake is complete. */
    @Override
    public String getHandshakeApplicationProtocol() {
        return getApplicationProtocol();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(
            @Nullable BiFunction<SSLEngine, List<String>, String> selector) {
        parameters.selector(
                selector == null ? Optional.empty() : Optional.of(offered -> selector.apply(this, offered)));
        this.selector = selector;
    }

    @Override
    @SuppressWarnings("NullAway") // null means that there is none, says SSLEngine
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return selector;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return parameters.supportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return parameters.cipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        parameters.cipherSuites(Given.all(suites, "suites"));
    }

    @Override
    public String[] getSupportedProtocols() {
        return parameters.supportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return parameters.protocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        parameters.protocols(Given.all(protocols, "protocols"));
    }

    @Override
    public void setUseClientMode(boolean mode) {
        parameters.clientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return parameters.clientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        parameters.needClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return parameters.needClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        parameters.wantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return parameters.wantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        parameters.sessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }

    @Override
    public SSLParameters getSSLParameters() {
        return parameters.shown();
    }

    @Override
    public void setSSLParameters(SSLParameters wanted) {
        parameters.change(Objects.requireNonNull(wanted, "wanted"));
    }

    @Override
    public String toString() {
        return "EngineView[" + getPeerHost() + ":" + getPeerPort() + ", " + getHandshakeStatus() + "]";
    }
}
