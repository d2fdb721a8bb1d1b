import io.omnitls.ReloadOptions;
import io.omnitls.ReloadStatus;
import io.omnitls.ReloadableServerContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * ReloadingServer PORT FOLDER: serves with FOLDER/tls.crt and FOLDER/tls.key, where Kubernetes mounts a secret of the type
 * kubernetes.io/tls, and goes on with the new ones when they are replaced.
 */
public class ReloadingServer {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        ServerContext.Builder settings =
                ServerContext.builder().certificateChain(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        ReloadOptions options = ReloadOptions.defaults()
                .withPollInterval(Duration.ofSeconds(10))
                .withListener(ReloadingServer::tell);
        try (ReloadableServerContext contexts = ReloadableServerContext.of(settings, options);
                TlsServerSocket server = contexts.listen(Integer.parseInt(arguments[0]))) {
            System.out.println("listening on port " + server.getLocalPort());
            for (;;) {
                TlsSocket socket = server.accept();                        // with the certificate of now
                new Thread(() -> answer(socket)).start();
            }
        }
    }

    private static void tell(ReloadStatus status) {
        System.out.println(status.upToDate() ? "reloaded, " + status.reloads() + " times now" : "not reloaded: " + status);
    }

    private static void answer(TlsSocket socket) {
        try (socket) {
            socket.setSoTimeout(30_000);
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nhello\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
