import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.error.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * FipsServer PORT CERTIFICATE KEY: says of each connection whether all of it was done in the approved mode. Wants
 * {@code -Dorg.bouncycastle.fips.approved_only=true}.
 */
public class FipsServer {
    public static void main(String[] arguments) throws Exception {
        ServerContext context;
        try {
            context = ServerContext.builder()
                    .requireFips()
                    .certificateChain(Path.of(arguments[1]), Path.of(arguments[2]))
                    .build();
        } catch (UnsupportedFeatureException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
            return;
        }
        try (TlsServerSocket server = context.listen(Integer.parseInt(arguments[0]))) {
            System.out.println("listening on port " + server.getLocalPort());
            for (;;) {
                try (TlsSocket socket = server.accept()) {
                    socket.setSoTimeout(30_000);
                    socket.handshake();
                    System.out.println("approved: " + socket.fipsApproved() + ", " + socket.info());
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }
}
