package io.omnitls.testkit.odd;

import io.omnitls.MemoryBio;
import io.omnitls.TlsBioConnection;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** SunJSSE as the other end of a connection: it trusts everybody, and presents whatever bytes it is given. */
public final class RawPeer {
    private static final int MAX_TURNS = 1000;
    private static final int ROOM = 1 << 17;

    private final SSLEngine engine;
    private final ByteBuffer toPeer = ByteBuffer.allocate(ROOM);
    private Optional<String> failure = Optional.empty();

    private RawPeer(SSLEngine engine) {
        this.engine = engine;
    }

    /** A server that presents {@code chain}. */
    public static RawPeer server(OddChain chain, TlsVersion version) {
        return new RawPeer(engine(chain, version, false));
    }

    /** A client that presents {@code chain}. */
    public static RawPeer client(OddChain chain, TlsVersion version) {
        return new RawPeer(engine(chain, version, true));
    }

    private static SSLEngine engine(OddChain chain, TlsVersion version, boolean client) {
        try {
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(
                    new KeyManager[] {new Presenter(chain)},
                    new TrustManager[] {new TrustsEverybody()},
                    new SecureRandom());
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(client);
            engine.setEnabledProtocols(new String[] {version.protocolName()});
            return engine;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("SunJSSE is part of every JDK", e);
        }
    }

    /** What a handshake led to: this library's failure, and the alert that the peer heard. */
    public record Outcome(Optional<TlsException> ours, Optional<String> heard, boolean completed) {}

    /** Drives the handshake of {@code end}, which reads from {@code in} and writes to {@code out}, to its end. */
    public Outcome handshake(TlsBioConnection end, MemoryBio in, MemoryBio out) throws IOException {
        Optional<TlsException> ours = Optional.empty();
        for (int turn = 0, idle = 0; turn < MAX_TURNS && idle < 3; turn++) {
            ours = ours.or(() -> BioPair.step(end));
            byte[] sent = out.pending() == 0 ? new byte[0] : out.read(Integer.MAX_VALUE);
            byte[] answer = take(sent);
            if (answer.length > 0) {
                in.write(answer);
            }
            idle = sent.length == 0 && answer.length == 0 ? idle + 1 : 0;
        }
        return new Outcome(ours, failure, end.handshakeComplete() && ours.isEmpty() && failure.isEmpty());
    }

    private byte[] take(byte[] received) {
        toPeer.put(received);
        ByteBuffer out = ByteBuffer.allocate(ROOM);
        try {
            exchange(out);
        } catch (SSLException e) {
            if (failure.isEmpty()) {
                failure = Optional.of(alert(String.valueOf(e.getMessage())));
            }
        }
        byte[] answer = new byte[out.flip().remaining()];
        out.get(answer);
        return answer;
    }

    private void exchange(ByteBuffer out) throws SSLException {
        for (int turn = 0; turn < MAX_TURNS; turn++) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    if (engine.wrap(ByteBuffer.allocate(0), out).bytesProduced() == 0) {
                        return;
                    }
                }
                default -> {
                    toPeer.flip();
                    SSLEngineResult result = engine.unwrap(toPeer, ByteBuffer.allocate(ROOM));
                    toPeer.compact();
                    if (result.bytesConsumed() == 0
                            && result.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NEED_TASK
                            && result.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                        return;
                    }
                }
            }
        }
    }

    /** SunJSSE has the alert in its message alone. */
    private static String alert(String message) {
        String received = "Received fatal alert: ";
        int at = message.indexOf(received);
        return at < 0 ? message : message.substring(at + received.length()).toLowerCase(Locale.ROOT);
    }

    private static final class Presenter extends X509ExtendedKeyManager {
        private final OddChain chain;

        Presenter(OddChain chain) {
            this.chain = chain;
        }

        private @Nullable String alias(String keyType) {
            String algorithm = chain.key().getPublic().getAlgorithm();
            return keyType.equals(algorithm) || algorithm.startsWith("Ed") && keyType.equals("EdDSA") ? "odd" : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return alias(keyType);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            for (String keyType : keyTypes) {
                if (alias(keyType) != null) {
                    return "odd";
                }
            }
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.certificates().stream()
                    .map(bytes -> new RawCertificate(bytes, chain.key().getPublic()))
                    .toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return chain.key().getPrivate();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {"odd"};
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {"odd"};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return "odd";
        }

        @Override
        public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return "odd";
        }
    }

    private static final class TrustsEverybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
