import io.omnitls.ClientContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** HttpClientGet ROOTS URI [CERTIFICATE KEY]: a page by the JDK's HTTP client, which resumes its sessions. */
public class HttpClientGet {
    public static void main(String[] arguments) throws Exception {
        ClientContext.Builder settings =
                ClientContext.builder().verifyLocations(Path.of(arguments[0])).resumeSessions(10);
        if (arguments.length > 2) {
            settings.certificateChain(Path.of(arguments[2]), Path.of(arguments[3]));
        }
        HttpClient http = HttpClient.newBuilder()
                .sslContext(settings.build().sslContext())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(arguments[1]))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
    }
}
