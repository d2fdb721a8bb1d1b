package io.omnitls.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.issue.CertificateSet;
import io.omnitls.forge.oracle.RunningCommand;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The samples by the commands of their README, letter for letter but for ports, which are free ones here, and the folder that
 * Kubernetes mounts: built by their own POM of the artifacts that this build has installed. What the README has done before,
 * {@code mvn install} and {@code tls ca}, has been done by this build. What they do on each backend is the integration tests'.
 */
@Timeout(600)
class SamplesTest {
    private static final Path SAMPLES = Path.of("..", "samples");
    private static final Pattern COMMAND = Pattern.compile("`(samples/run [^`]+)`");
    private static final String LISTENING = "listening on port ";

    /** The first one builds them, with Maven, perhaps beside others. */
    private static final int SECONDS = 240;

    @TempDir
    static Path directory;

    private static Path checkout;
    private static List<String> commands;

    @BeforeAll
    static void makeCheckout() throws Exception {
        checkout = Files.createDirectory(directory.resolve("a checkout"));
        copySources();
        CertificateSet certificates =
                CertificateSet.builder().intermediate(false).build();
        certificates.write(checkout.resolve("certs"));
        Path mount = Files.createDirectory(checkout.resolve("mount"));
        Files.writeString(mount.resolve("tls.crt"), certificates.server().chainPem());
        Files.writeString(mount.resolve("tls.key"), certificates.server().privateKeyPem());
        String installed = "<localRepository>" + System.getProperty("installed.artifacts") + "</localRepository>";
        String settings = Files.readString(Path.of("src/it/settings.xml"));
        Files.writeString(
                checkout.resolve("settings.xml"),
                settings.replace("@localRepositoryUrl@", System.getProperty("files.repository"))
                        .replaceFirst("<profiles>", Matcher.quoteReplacement(installed + "<profiles>")));
        commands = COMMAND.matcher(Files.readString(SAMPLES.resolve("README.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static void copySources() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = SAMPLES.relativize(file);
                if (!name.startsWith("target")) {
                    Path copy = checkout.resolve("samples").resolve(name);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                    assertTrue(copy.toFile().setExecutable(Files.isExecutable(file)));
                }
            }
        }
    }

    /** @param replacements what stands in the README, and what stands for it here */
    private static RunningCommand start(String sample, String... replacements) {
        String command = commands.stream()
                .filter(each -> each.contains(" " + sample + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(sample + " is not in the README"));
        for (int i = 0; i < replacements.length; i += 2) {
            assertTrue(command.contains(replacements[i]), command);
            command = command.replace(replacements[i], replacements[i + 1]);
        }
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + command)
                .directory(checkout.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_OPTS"); // which may name another repository than the settings
        // Relative to the samples, because the words of this variable end at spaces.
        builder.environment().put("MAVEN_ARGUMENTS", "-gs ../settings.xml");
        return new RunningCommand(builder, SECONDS);
    }

    private static String port(RunningCommand server) throws IOException {
        String line = server.awaitLineWith(LISTENING);
        return line.substring(line.indexOf(LISTENING) + LISTENING.length()).split(" ", -1)[0];
    }

    private static void assertEnds(int status, String said, RunningCommand command) throws InterruptedException {
        try (command) {
            RunningCommand.Ended ended = command.await();
            assertEquals(status, ended.exitCode(), ended.output());
            assertTrue(ended.output().contains(said), ended.output());
        }
    }

    /** A client that shows a certificate, and hears what it says. */
    private static void assertEchoes(String port) throws IOException {
        try (RunningCommand client = client(port)) {
            client.type("ping\n");
            client.awaitLine("ping");
        }
    }

    private static RunningCommand client(String port) {
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-connect", "localhost:" + port));
        for (String[] file : new String[][] {{"-CAfile", "root"}, {"-cert", "client"}, {"-key", "client-key"}}) {
            command.addAll(List.of(
                    file[0], checkout.resolve("certs/" + file[1] + ".pem").toString()));
        }
        command.addAll(List.of("-servername", "localhost", "-verify_return_error"));
        return new RunningCommand(command);
    }

    @Test
    void clientsGetPagesFromAServerThatReloads() throws Exception {
        try (RunningCommand server = start("ReloadingServer", "8443", "0", "/etc/tls", "mount")) {
            String port = port(server);
            assertEnds(0, "hello", start("HttpsGet", "8443", port));
            assertEnds(0, "200 hello", start("HttpClientGet", "8443", port));
        }
    }

    @Test
    void serversEcho() throws Exception {
        for (String sample : List.of("EchoServer", "NettyEcho")) {
            try (RunningCommand server = start(sample, "8443", "0")) {
                assertEchoes(port(server));
            }
        }
    }

    @Test
    void kafkaSaysThatThereIsNoBroker() throws Exception {
        String nowhere;
        try (ServerSocket closed = new ServerSocket(0)) {
            nowhere = String.valueOf(closed.getLocalPort());
        }
        assertEnds(1, "nothing was sent to localhost:" + nowhere, start("KafkaSend", "9093", nowhere));
    }

    @Test
    void theFipsServerIsInTheApprovedMode() throws Exception {
        try (RunningCommand server = start("FipsServer", "8443", "0");
                RunningCommand client = client(port(server))) {
            client.type("\n");
            assertTrue(server.awaitLineWith("approved: ").contains("approved: true"), server.output());
        }
    }

    @Test
    void eachHasACommand() {
        TreeSet<String> named = new TreeSet<>();
        for (String command : commands) {
            MatchResult name = Pattern.compile(" ([A-Z]\\w+) ")
                    .matcher(command)
                    .results()
                    .findFirst()
                    .orElseThrow();
            named.add(name.group(1));
        }
        assertEquals(
                new TreeSet<>(List.of(
                        "EchoServer",
                        "FipsServer",
                        "HttpClientGet",
                        "HttpsGet",
                        "KafkaSend",
                        "NettyEcho",
                        "ReloadingServer")),
                named);
    }
}
