package io.omnitls.bcfips;

import io.omnitls.forge.oracle.MissingJudge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A TLS peer that is not ours, connected to this process. */
final class PeerProcess implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Process process;
    private final Socket socket;

    private PeerProcess(Process process, Socket socket) {
        this.process = process;
        this.socket = socket;
    }

    /** {@code openssl s_server} with an identity, which takes one connection and reads commands. */
    static PeerProcess opensslServer(TestIdentity.Kind kind, String... options) throws IOException {
        return opensslServer(Map.of(), kind, options);
    }

    /** The same in an environment, for what has no option. */
    static PeerProcess opensslServer(Map<String, String> environment, TestIdentity.Kind kind, String... options)
            throws IOException {
        Path directory = TestIdentity.directory(kind);
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0"));
        command.addAll(List.of("-naccept", "1"));
        command.addAll(List.of("-cert", TestIdentity.certificateFile(directory).toString()));
        command.addAll(List.of("-key", TestIdentity.keyFile(directory).toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw MissingJudge.of(command.get(0), missing);
        }
        return new PeerProcess(process, connect(port(process)));
    }

    /** It says where it listens: {@code ACCEPT 127.0.0.1:41489}. */
    private static int port(Process process) throws IOException {
        String line;
        do {
            line = process.inputReader().readLine();
            if (line == null) {
                throw new IOException("the peer ended before it listened");
            }
        } while (!line.startsWith("ACCEPT "));
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Types a line into the peer: data, or a command if the peer has read all that was typed before. */
    void type(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** Goes on with {@code own} until it is done with the handshake. */
    void handshake(TestPeer own) throws IOException {
        own.progress();
        while (own.failure().isEmpty() && own.handshaking()) {
            flush(own);
            receive(own);
        }
        flush(own);
    }

    /** Hands {@code own} what comes next, whatever it is. */
    void receive(TestPeer own) throws IOException {
        byte[] buffer = new byte[16_384];
        int length = socket.getInputStream().read(buffer);
        if (length < 0) {
            throw new IOException("the peer ended the connection");
        }
        own.feed(Arrays.copyOf(buffer, length));
        own.progress();
    }

    /** Goes on with {@code own} until it has received this text. */
    void untilReceived(TestPeer own, String text) throws IOException {
        String received = own.received();
        while (own.failure().isEmpty() && !received.equals(text)) {
            receive(own);
            received += own.received();
        }
    }

    private void flush(TestPeer own) throws IOException {
        socket.getOutputStream().write(own.take());
    }

    @Override
    public void close() throws IOException {
        socket.close();
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IOException("the peer cannot be stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
