import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback.Decision;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.VerifyMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * EchoServer PORT NAME=FOLDER ...: for each server name its own certificate, FOLDER/server.pem, and its own authority of clients,
 * FOLDER/root.pem, as {@code tls ca FOLDER --names NAME} makes them. Says back what it hears, to clients with a certificate alone.
 */
public class EchoServer {
    public static void main(String[] arguments) throws Exception {
        Map<String, ServerContext> tenants = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] tenant = arguments[i].split("=", 2);
            tenants.put(tenant[0], context(Path.of(tenant[1])));
        }
        ServerContext context = ServerContext.builder()
                .serverNameCallback(hello -> hello.serverName()
                        .map(tenants::get)
                        .<Decision>map(Decision.Use::new)
                        .orElseGet(() -> new Decision.Refuse(AlertDescription.UNRECOGNIZED_NAME)))
                .build();
        try (TlsServerSocket server = context.listen(Integer.parseInt(arguments[0]))) {
            System.out.println("listening on port " + server.getLocalPort());
            for (;;) {
                TlsSocket socket = server.accept();
                new Thread(() -> echo(socket)).start();
            }
        }
    }

    private static ServerContext context(Path folder) throws TlsException {
        return ServerContext.builder()
                .certificateChain(folder.resolve("server.pem"), folder.resolve("server-key.pem"))
                .verifyMode(VerifyMode.REQUIRED)
                .verifyLocations(folder.resolve("root.pem"))
                .build();
    }

    private static void echo(TlsSocket socket) {
        try (socket) {
            socket.setSoTimeout(30_000);
            socket.handshake();
            System.out.println(socket.peerCertificate().orElseThrow().subject() + " at "
                    + socket.serverName().orElseThrow());
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
