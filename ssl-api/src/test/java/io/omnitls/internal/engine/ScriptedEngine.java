package io.omnitls.internal.engine;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.error.ErrorReason;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.internal.verify.ChainVerifier;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.internal.verify.StaplePolicy;
import io.omnitls.internal.verify.VerifyPolicy;
import io.omnitls.internal.verify.VerifyRules;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.AlertChoice;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.SessionSpec;
import io.omnitls.spi.TlsEngine;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * An engine that does what a test wrote down: each {@code wrap}, {@code unwrap} or task takes the next line of the
 * script, and any other call than the one that stands there fails. Records carry their plaintext as it is.
 */
final class ScriptedEngine extends SSLEngine implements TlsEngine {
    /** What the engine is asked for. */
    enum Call {
        WRAP,
        UNWRAP,
        TASK
    }

    private record Line(Call call, HandshakeStatus before, Action action) {}

    /** What a line does to the two buffers. */
    interface Action {
        SSLEngineResult apply(ByteBuffer source, ByteBuffer target) throws SSLException;
    }

    private final Deque<Line> script = new ArrayDeque<>();
    private HandshakeStatus afterwards = HandshakeStatus.NOT_HANDSHAKING;
    private boolean inboundDone;
    private boolean outboundDone;
    private boolean released;
    private int beginnings;

    /** This engine as a client's end of a connection that verifies nobody. */
    Endpoint endpoint() {
        return endpoint(VerifyMode.NONE);
    }

    /** The same with another demand. */
    Endpoint endpoint(VerifyMode mode) {
        return new Endpoint(
                Role.CLIENT,
                this,
                new PeerAuthentication(
                        new ChainVerifier(TrustAnchors.of(List.of(), List.of()), CryptoServices.ofPlatform()),
                        Role.CLIENT,
                        mode,
                        Optional.empty(),
                        new VerifyPolicy(
                                new VerifyRules(
                                        Set.of(),
                                        SecurityLevel.DEFAULT.minimumBits(),
                                        VerifyProfile.OPENSSL.maxChainDepth(),
                                        false,
                                        VerifyProfile.OPENSSL,
                                        false),
                                Clock.systemUTC(),
                                StaplePolicy.IGNORE),
                        ""),
                false,
                SessionWatch.ofClient(
                        new SessionLedger(new SessionSpec(false, 0, OptionalInt.empty(), Optional.empty())),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty());
    }

    /** The engine wants to send this record. */
    ScriptedEngine sends(byte... record) {
        return line(Call.WRAP, HandshakeStatus.NEED_WRAP, (source, target) -> {
            target.put(record);
            return result(Status.OK, 0, record.length);
        });
    }

    /** The engine encrypts all that remains in the source: a record that carries it as it is. */
    ScriptedEngine encrypts() {
        return line(Call.WRAP, HandshakeStatus.NOT_HANDSHAKING, (source, target) -> {
            int length = source.remaining();
            target.put(new byte[] {23, 3, 3, (byte) (length >> 8), (byte) length})
                    .put(source);
            return result(Status.OK, length, length + 5);
        });
    }

    /** The engine, told to close, has this record to send. */
    ScriptedEngine closesWith(byte... record) {
        return line(Call.WRAP, HandshakeStatus.NOT_HANDSHAKING, (source, target) -> {
            target.put(record);
            return result(Status.CLOSED, 0, record.length);
        });
    }

    /** The engine takes a handshake record in. */
    ScriptedEngine takes() {
        return line(Call.UNWRAP, HandshakeStatus.NEED_UNWRAP, (source, target) -> {
            int length = source.remaining();
            ((java.nio.Buffer) source).position(source.limit());
            return result(Status.OK, length, 0);
        });
    }

    /** The engine has a task to run. */
    ScriptedEngine hasTask(Runnable task) {
        return line(Call.TASK, HandshakeStatus.NEED_TASK, (source, target) -> {
            task.run();
            return result(Status.OK, 0, 0);
        });
    }

    /** The engine decrypts a record: its fragment, as it is. */
    ScriptedEngine decrypts() {
        return line(Call.UNWRAP, HandshakeStatus.NOT_HANDSHAKING, (source, target) -> {
            int length = source.remaining();
            ((java.nio.Buffer) source).position(source.position() + 5);
            target.put(source);
            return result(Status.OK, length, length - 5);
        });
    }

    /** The engine finds close_notify in a record. */
    ScriptedEngine findsCloseNotify() {
        return line(Call.UNWRAP, HandshakeStatus.NOT_HANDSHAKING, (source, target) -> {
            int length = source.remaining();
            ((java.nio.Buffer) source).position(source.limit());
            inboundDone = true;
            return result(Status.CLOSED, length, 0);
        });
    }

    /** The engine fails at this call. */
    ScriptedEngine fails(Call call, HandshakeStatus before, SSLException failure) {
        return line(call, before, (source, target) -> {
            throw failure;
        });
    }

    ScriptedEngine line(Call call, HandshakeStatus before, Action action) {
        script.add(new Line(call, before, action));
        return this;
    }

    boolean finished() {
        return script.isEmpty();
    }

    boolean released() {
        return released;
    }

    int beginnings() {
        return beginnings;
    }

    private SSLEngineResult result(Status status, int consumed, int produced) {
        return new SSLEngineResult(status, getHandshakeStatus(), consumed, produced);
    }

    private SSLEngineResult next(Call call, ByteBuffer source, ByteBuffer target) throws SSLException {
        Line line = script.peek();
        if (line == null || line.call() != call) {
            if (call == Call.WRAP) {
                return result(outboundDone ? Status.CLOSED : Status.OK, 0, 0);
            }
            throw new AssertionError("unexpected " + call + ", the script says " + line);
        }
        script.remove();
        return line.action().apply(source, target);
    }

    @Override
    public SSLEngine sslEngine() {
        return this;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return next(Call.WRAP, source, target);
    }

    @Override
    public void runDelegatedTasks() {
        try {
            next(Call.TASK, ByteBuffer.allocate(0), ByteBuffer.allocate(0));
        } catch (SSLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        Line line = script.peek();
        return line == null ? afterwards : line.before();
    }

    @Override
    public EngineFailure explain(Throwable failure) {
        return EngineFailure.of(ErrorReason.INTERNAL_ERROR, EngineFailure.text(failure));
    }

    @Override
    public AlertChoice alertChoice() {
        return AlertChoice.CORE;
    }

    @Override
    public void release() {
        released = true;
    }

    @Override
    public void beginHandshake() {
        beginnings++;
    }

    @Override
    public SSLSession getSession() {
        return (SSLSession) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getApplicationBufferSize" -> 16_384;
                    case "getPacketBufferSize" -> 16_709;
                    case "getProtocol" -> "TLSv1.3";
                    case "getCipherSuite" -> "TLS_AES_128_GCM_SHA256";
                    case "getPeerCertificates" -> throw new javax.net.ssl.SSLPeerUnverifiedException("none");
                    case "getId" -> new byte[0];
                    case "getCreationTime" -> 0L;
                    default -> null;
                });
    }

    @Override
    public boolean isInboundDone() {
        return inboundDone;
    }

    @Override
    public boolean isOutboundDone() {
        Line line = script.peek();
        return outboundDone && (line == null || line.call() != Call.WRAP);
    }

    @Override
    public void closeInbound() {
        inboundDone = true;
    }

    @Override
    public void closeOutbound() {
        if (!outboundDone) {
            outboundDone = true;
        }
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) {
        throw new AssertionError("the pump has one source");
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        return next(Call.UNWRAP, source, targets[offset]);
    }

    @Override
    public boolean scatters() {
        return false;
    }

    @Override
    public Runnable getDelegatedTask() {
        throw new AssertionError("the pump asks TlsEngine to run them");
    }

    @Override
    public String getApplicationProtocol() {
        return "";
    }

    @Override
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        throw new AssertionError();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return new String[0];
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public String[] getSupportedProtocols() {
        return new String[0];
    }

    @Override
    public String[] getEnabledProtocols() {
        return new String[0];
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public void setUseClientMode(boolean mode) {}

    @Override
    public boolean getUseClientMode() {
        return true;
    }

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {}

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
