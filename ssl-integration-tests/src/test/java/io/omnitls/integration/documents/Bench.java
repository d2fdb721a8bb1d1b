package io.omnitls.integration.documents;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.cert.Credentials;
import io.omnitls.integration.Deadline;
import io.omnitls.testkit.certificates.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What fragments are run with on one provider: a server on this machine, certificates, contexts. A fragment gets what its document
 * has at hand by name.
 */
final class Bench implements AutoCloseable {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Map<String, Object> values = new HashMap<>();
    private final TlsServerSocket server;

    /** Starts the server, on the provider that contexts choose by themselves. */
    Bench(Path directory) throws IOException {
        TestCertificates certificates = TestCertificates.create();
        certificates.write(directory);
        Path chain = directory.resolve("server.pem");
        Path key = directory.resolve("server-key.pem");
        Path roots = directory.resolve("root.pem");
        ServerContext serverContext = ServerContext.createDefault(Credentials.pem(chain, key));
        server = serverContext.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        executor.execute(this::serve);
        int port = server.getLocalPort();
        values.put("host", "localhost");
        values.put("port", port);
        values.put("uri", URI.create("https://localhost:" + port + "/"));
        values.put("chain", chain);
        values.put("key", key);
        values.put("roots", roots);
        values.put("directory", directory);
        values.put("serverContext", serverContext);
        values.put(
                "clientContext", ClientContext.builder().verifyLocations(roots).build());
        values.put("executor", executor);
    }

    /** Until the server is closed. */
    private void serve() {
        try {
            for (; ; ) {
                TlsSocket socket = server.accept();
                executor.execute(() -> answer(socket));
            }
        } catch (IOException closed) {
            // The bench is.
        }
    }

    private static void answer(TlsSocket socket) {
        try (socket) {
            socket.setSoTimeout(Deadline.MILLIS);
            StringBuilder request = new StringBuilder();
            int next = 0;
            while (next >= 0 && request.indexOf(END_OF_HEADER) < 0) {
                next = socket.getInputStream().read();
                request.append((char) next);
            }
            if (next >= 0) {
                socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException refused) {
            // By a client that was meant to.
        }
    }

    private static final String END_OF_HEADER = "\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nserved\n";

    /** Whether a fragment can be run with what is here. */
    boolean has(List<Variable> atHand) {
        return atHand.stream().allMatch(variable -> values.containsKey(variable.name()));
    }

    /** The arguments of a fragment's method. */
    Object[] arguments(List<Variable> atHand) {
        List<Object> arguments = new ArrayList<>();
        atHand.forEach(variable -> arguments.add(values.get(variable.name())));
        return arguments.toArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
        executor.shutdownNow();
    }
}
