import io.omnitls.ClientContext;
import io.omnitls.TlsSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** HttpsGet ROOTS HOST PORT: a page over a socket, from a server that the authorities in ROOTS vouch for. */
public class HttpsGet {
    public static void main(String[] arguments) throws Exception {
        String host = arguments[1];
        ClientContext context =
                ClientContext.builder().verifyLocations(Path.of(arguments[0])).build();
        try (TlsSocket socket = context.connect(host, Integer.parseInt(arguments[2]))) {
            String request = "GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(System.out);
            System.out.println(socket.info());
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
            System.exit(1);
        }
    }
}
