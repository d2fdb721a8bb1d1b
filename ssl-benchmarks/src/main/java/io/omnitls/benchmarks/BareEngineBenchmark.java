package io.omnitls.benchmarks;

import io.omnitls.testkit.pki.TestAuthority;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The same as {@link HandshakeBenchmark} with SunJSSE's bare engines and its own trust manager. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BareEngineBenchmark {
    private static final byte[] DATA = new byte[1 << 20];

    /** The version. */
    @Param({"TLSv1.2", "TLSv1.3"})
    public String version;

    private SSLContext context;
    private Pair open;
    private int peer;

    /** Builds the context. */
    @Setup
    public void build() throws Exception {
        char[] password = "benchmark".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        var identity = Chains.server();
        keys.setKeyEntry("server", identity.getKeyPair().getPrivate(), password, identity.getCertificatePath());
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, password);
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("root", Chains.ROOT.getCertificate());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(trust);
        context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        open = handshake();
    }

    /** A name of its own for each connection, so that none is resumed. */
    private Pair handshake() throws SSLException {
        SSLEngine client = context.createSSLEngine("peer" + ++peer, 443);
        client.setUseClientMode(true);
        var parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setServerNames(java.util.List.of(new javax.net.ssl.SNIHostName(TestAuthority.SERVER_NAME)));
        client.setSSLParameters(parameters);
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        Pair pair = new Pair(client, server);
        pair.handshake();
        return pair;
    }

    /** As {@link HandshakeBenchmark#fullHandshake}. */
    @Benchmark
    public void fullHandshake() throws Exception {
        handshake().close();
    }

    /** As {@link HandshakeBenchmark#mebibyte}. */
    @Benchmark
    public byte[] mebibyte() throws Exception {
        return open.send(DATA);
    }

    private static final class Pair {
        private final SSLEngine client;
        private final SSLEngine server;
        private final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        private final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        private final ByteBuffer plain = ByteBuffer.allocate(1 << 16);

        Pair(SSLEngine client, SSLEngine server) {
            this.client = client;
            this.server = server;
        }

        void handshake() throws SSLException {
            client.beginHandshake();
            server.beginHandshake();
            for (int i = 0; i < 100; i++) {
                step(client, toClient, toServer);
                step(server, toServer, toClient);
                if (done(client) && done(server) && toClient.position() == 0 && toServer.position() == 0) {
                    return;
                }
            }
            throw new AssertionError("no end");
        }

        private static boolean done(SSLEngine engine) {
            return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
        }

        private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
            in.flip();
            for (boolean moved = true; moved; ) {
                moved = false;
                switch (engine.getHandshakeStatus()) {
                    case NEED_WRAP ->
                        moved = engine.wrap(ByteBuffer.allocate(0), out).bytesProduced() > 0;
                    case NEED_TASK -> {
                        engine.getDelegatedTask().run();
                        moved = true;
                    }
                    default -> {
                        if (in.hasRemaining()) {
                            plain.clear();
                            moved = engine.unwrap(in, plain).bytesConsumed() > 0;
                        }
                    }
                }
            }
            in.compact();
        }

        byte[] send(byte[] data) throws SSLException {
            byte[] arrived = new byte[data.length];
            int count = 0;
            ByteBuffer source = ByteBuffer.wrap(data);
            while (source.hasRemaining()) {
                toServer.clear();
                client.wrap(source, toServer);
                toServer.flip();
                plain.clear();
                server.unwrap(toServer, plain);
                plain.flip();
                int length = plain.remaining();
                plain.get(arrived, count, length);
                count += length;
            }
            toServer.clear();
            return arrived;
        }

        void close() throws SSLException {
            client.closeOutbound();
            server.closeOutbound();
        }
    }
}
