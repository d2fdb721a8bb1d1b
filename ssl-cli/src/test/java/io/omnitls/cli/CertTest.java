package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.TlsProviders;
import io.omnitls.forge.issue.CertificateDraft;
import io.omnitls.forge.issue.CertificateSet;
import io.omnitls.forge.issue.IssuedCertificate;
import io.omnitls.forge.issue.KeyType;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.spi.TlsProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tls cert} and {@code tls verify} beside {@code openssl x509} and {@code openssl verify}. */
@Timeout(120)
class CertTest {
    private static final Map<KeyType, String> KEYS =
            Map.of(KeyType.EC, "EC P-256", KeyType.RSA, "RSA 2048", KeyType.ED25519, "Ed25519");

    @TempDir
    static Path directory;

    @BeforeAll
    static void makeCertificates() throws Exception {
        for (KeyType type : KeyType.values()) {
            CertificateSet.builder()
                    .keyType(type)
                    .serverNames(List.of("server.example", "*.wild.example", "192.0.2.9", "2001:db8::1"))
                    .build()
                    .write(directory.resolve(type.name()));
        }
    }

    /** The providers that read such a key. */
    private static List<String> providers(KeyType type) {
        String algorithm = type == KeyType.ED25519 ? "Ed25519" : type.name();
        return TlsProviders.available().stream()
                .filter(provider -> provider.capabilities().keyAlgorithms().contains(algorithm))
                .map(TlsProvider::name)
                .toList();
    }

    private static String field(String output, String label) {
        return output.lines()
                .filter(line -> line.startsWith(label + " "))
                .map(line -> line.substring(label.length()).trim())
                .findFirst()
                .orElse("");
    }

    private static String openssl(Path file, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("x509", "-noout", "-in", file.toString()));
        all.addAll(List.of(arguments));
        return OpenSsl.run(all.toArray(new String[0])).output().trim();
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void fieldsAreThoseThatOpenSslShows(KeyType type) throws Exception {
        List<String> providers = providers(type);
        assertTrue(!providers.isEmpty());
        for (String who : List.of("root", "intermediate", "server", "client")) {
            Path file = directory.resolve(type.name()).resolve(who + ".pem");
            for (String provider : providers) {
                Cli.Ended shown = Cli.here("cert", file.toString(), "--provider", provider);
                assertEquals(0, shown.exitCode(), shown.errors());
                String output = shown.output();
                assertEquals(
                        openssl(file, "-subject", "-nameopt", "lname,sep_comma_plus")
                                .replace("subject=", ""),
                        field(output, "Subject"));
                assertEquals(
                        openssl(file, "-issuer", "-nameopt", "lname,sep_comma_plus")
                                .replace("issuer=", ""),
                        field(output, "Issuer"));
                assertEquals(openssl(file, "-serial").replace("serial=", ""), field(output, "Serial"));
                assertEquals(openssl(file, "-fingerprint", "-sha256").replaceAll(".*=", ""), field(output, "SHA-256"));
                assertEquals(KEYS.get(type), field(output, "Key"));
                String signature = field(output, "Signature").toLowerCase(Locale.ROOT);
                assertTrue(signature.contains(type == KeyType.ED25519 ? "ed" : "sha256"), signature);
                String usage = field(output, "Usage");
                boolean authority = who.equals("root") || who.equals("intermediate");
                assertEquals(authority, usage.startsWith("CA"), output);
                assertEquals(who.equals("server"), output.contains("serverAuth"), output);
                assertEquals(who.equals("client"), output.contains("clientAuth"), output);
            }
        }
        Path server = directory.resolve(type.name()).resolve("server.pem");
        String names = openssl(server, "-ext", "subjectAltName");
        String shown = Cli.here("cert", server.toString()).output();
        for (String name :
                names.lines().skip(1).findFirst().orElseThrow().trim().split(", ", -1)) {
            assertTrue(shown.contains(name), name + " in " + shown);
        }
    }

    @Test
    void derPemAndStandardInputAreRead() throws Exception {
        Path pem = directory.resolve("EC/server.pem");
        Path der = directory.resolve("server.der");
        OpenSsl.make("x509", "-in", pem.toString(), "-outform", "DER", "-out", der.toString());
        String fingerprint = field(Cli.here("cert", pem.toString()).output(), "SHA-256");
        assertEquals(fingerprint, field(Cli.here("cert", der.toString()).output(), "SHA-256"));
        Cli.Ended input = Cli.run(Files.readString(pem), "cert", "-");
        assertEquals(fingerprint, field(input.output(), "SHA-256"), input.errors());
        Cli.Ended again = Cli.here("cert", pem.toString(), "--pem");
        assertEquals(Files.readString(pem), again.output());
        assertTrue(Cli.here("cert", pem.toString(), "--json").output().contains("\"sha256\": \"" + fingerprint));
        Cli.Ended verified = Cli.run(
                Files.readString(pem),
                "verify",
                "--cafile",
                directory.resolve("EC/root.pem").toString(),
                "-");
        assertEquals("stdin: OK\n", verified.output(), verified.errors());
    }

    @Test
    void verdictsAreThoseOfOpenSslOnEachProvider() throws Exception {
        String ca = directory.resolve("RSA/root.pem").toString();
        for (String[] names :
                new String[][] {{"server", "server.example"}, {"server", "other.example"}, {"client", "server.example"}
                }) {
            String file = directory.resolve("RSA/" + names[0] + ".pem").toString();
            OpenSsl.Result theirs = OpenSsl.run(
                    "verify",
                    "-CAfile",
                    ca,
                    "-untrusted",
                    file,
                    "-purpose",
                    "sslserver",
                    "-verify_hostname",
                    names[1],
                    file);
            for (TlsProvider provider : TlsProviders.available()) {
                Cli.Ended ours = Cli.here(
                        "verify",
                        "--provider",
                        provider.name(),
                        "--cafile",
                        ca,
                        "--purpose",
                        "server",
                        "--hostname",
                        names[1],
                        file);
                assertEquals(theirs.exitCode() == 0, ours.exitCode() == 0, theirs.output() + ours.output());
                String error = theirs.output()
                        .lines()
                        .filter(line -> line.startsWith("error "))
                        .findFirst()
                        .orElse("");
                assertTrue(ours.output().contains(error.replaceAll(" at .*", "")), theirs.output() + ours.output());
                Cli.Ended json = Cli.here("verify", "--json", "--cafile", ca, "--hostname", names[1], file);
                assertTrue(json.output().contains("\"code\": "), json.output());
            }
        }
    }

    @Test
    void aServersCertificatesAreShown() throws Exception {
        IssuedCertificate root = CertificateDraft.authority("a root").selfSigned();
        IssuedCertificate leaf = CertificateDraft.server(List.of("localhost")).issuedBy(root);
        Path file = Files.writeString(directory.resolve("leaf.pem"), leaf.chainPem() + leaf.privateKeyPem());
        try (Server server = Server.start(file)) {
            Cli.Ended shown = Cli.here("cert", "localhost:" + server.port(), "--pem");
            assertEquals(leaf.chainPem(), shown.output(), shown.errors());
        }
    }

    @Test
    void namesOfStrangersDoNothingToATerminal() throws Exception {
        IssuedCertificate evil = CertificateDraft.client("evil\u001b[31m\u009b1m\u202e\u2028\nline")
                .selfSigned();
        Path file = Files.writeString(directory.resolve("evil.pem"), evil.certificatePem());
        for (String[] call : new String[][] {
            {"cert", file.toString()},
            {"cert", "--json", file.toString()},
            {"verify", "--show-chain", file.toString()},
            {"verify", "--show-chain", "--cafile", file.toString(), file.toString()},
            {"verify", "--json", file.toString()}
        }) {
            String output = Cli.here(call).output();
            assertTrue(output.contains("evil"), output);
            assertFalse(output.replace("\n", "").codePoints().anyMatch(Printable::isHarmful), output);
            assertTrue(output.lines().noneMatch(line -> line.startsWith("line")), output);
        }
    }
}
