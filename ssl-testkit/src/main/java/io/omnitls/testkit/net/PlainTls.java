package io.omnitls.testkit.net;

import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Connections of the JDK's own TLS, both ends in memory and on the calling thread: what an application does when it reads
 * a URL inside of a callback.
 */
public final class PlainTls {
    private static final int ROOM = 1 << 17;
    private static final int MAX_TURNS = 1_000;

    private final SSLContext context;

    /** Connections to a server that has this identity, and that its clients trust. */
    public PlainTls(TestIdentity identity) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", identity.privateKey(), new char[0], new Certificate[] {identity.certificate()});
        store.setCertificateEntry("trusted", identity.certificate());
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    /** Makes a connection, with data in both directions. */
    public void connect(TlsVersion version) throws SSLException {
        SSLEngine client = engine(true, version);
        SSLEngine server = engine(false, version);
        ByteBuffer toServer = ByteBuffer.allocate(ROOM);
        ByteBuffer toClient = ByteBuffer.allocate(ROOM);
        client.beginHandshake();
        server.beginHandshake();
        for (int turn = 0; handshaking(client) || handshaking(server); turn++) {
            if (turn > MAX_TURNS) {
                throw new AssertionError("the JDK's handshake does not end");
            }
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        send(server, client, toClient);
        send(client, server, toServer);
    }

    private SSLEngine engine(boolean client, TlsVersion version) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setEnabledProtocols(new String[] {version.protocolName()});
        return engine;
    }

    private static boolean handshaking(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(engine, in);
            case FINISHED, NOT_HANDSHAKING -> {
                // The other end goes on.
            }
        }
    }

    private static int unwrap(SSLEngine engine, ByteBuffer in) throws SSLException {
        in.flip();
        SSLEngineResult result = engine.unwrap(in, ByteBuffer.allocate(ROOM));
        in.compact();
        return result.bytesProduced();
    }

    private static void send(SSLEngine from, SSLEngine to, ByteBuffer wire) throws SSLException {
        from.wrap(ByteBuffer.wrap(new byte[100]), wire);
        int arrived = 0;
        for (int turn = 0; turn < MAX_TURNS && arrived == 0; turn++) {
            arrived = unwrap(to, wire); // session tickets come before the data
        }
        if (arrived != 100) {
            throw new AssertionError("the JDK's own TLS does not work: " + arrived + " bytes of 100 arrived");
        }
    }
}
