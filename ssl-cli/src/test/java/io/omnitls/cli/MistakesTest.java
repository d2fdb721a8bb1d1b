package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.issue.CertificateSet;
import io.omnitls.forge.oracle.OpenSsl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said in one line, in the command's words, with 2 for a wrong call and 1 for the rest. */
@Timeout(120)
class MistakesTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void makeFiles() throws Exception {
        CertificateSet.builder().intermediate(false).build().write(directory);
        Files.writeString(directory.resolve("text"), "nothing of interest");
        Files.writeString(
                directory.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        OpenSsl.make(
                "pkcs8",
                "-topk8",
                "-in",
                directory.resolve("server-key.pem").toString(),
                "-passout",
                "pass:secret",
                "-out",
                directory.resolve("locked.pem").toString());
    }

    /** A call, its exit code, and what the line has in it; D is the directory. */
    private static final String CALLS = """
            conect x:1                                      | 2 | there is no command 'conect'; did you mean connect
            connect                                         | 2 | Missing required parameter: 'HOST:PORT'
            connect localhost                               | 2 | 'localhost' has no port, expected HOST:PORT
            connect localhost:http                          | 2 | 'http' is not a port
            connect localhost:0                             | 2 | '0' is not a port, expected a number from 1 to 65535
            connect localhost:+1                            | 2 | '+1' is not a port
            connect :443                                    | 2 | ':443' has no host
            connect []:443                                  | 2 | '[]:443' has no host
            connect [localhost]:443                         | 2 | '[localhost]' is no IPv6 address
            connect https://localhost:443/                  | 2 | is a URL or a path, expected HOST:PORT
            connect 1.2.3:443                               | 2 | its last label is a number
            connect localhost:99999                         | 2 | '99999' is not a port
            connect ::1:443                                 | 2 | write an IPv6 address in brackets: [::1]:443
            connect localhost:1 more                        | 2 | one argument too many: 'more'
            connect localhost:1 --cafil x                   | 2 | did you mean --cafile
            connect localhost:1 --timeout x                 | 2 | --timeout
            connect localhost:1 --timeout -1                | 2 | --timeout: a number of seconds
            connect localhost:1 --timeout 99999999999       | 2 | '99999999999' is too large a number
            connect localhost:1 --proxy http://localhost:1  | 2 | is a URL or a path
            connect localhost:1 --starttls gopher           | 2 | smtp
            connect localhost:1 --proxy nowhere             | 2 | 'nowhere' has no port
            connect localhost:1 --provider nobody           | 2 | no provider is named 'nobody', there are jsse
            connect localhost:1 --min TLSv9                 | 2 | unknown TLS version 'TLSv9'
            connect localhost:1 --min TLSv1.3 --max TLSv1.2 | 2 | at least TLSv1.3 and at most TLSv1.2
            connect localhost:1 --max TLSv1.1               | 1 | does not support TLSv1.1
            connect localhost:1 --ciphersuites TLS_AES_128_GCM_SHA256 --ciphers ALL:@SECLEVEL=4 | 2 | set --max to TLS 1.2
            connect localhost:1 --groups nothing            | 2 | no group is named 'nothing'
            connect localhost:1 --ciphers @NOTHING          | 2 | @NOTHING
            connect localhost:1 --ciphers NOTHING           | 1 | NO_CIPHER_MATCH
            connect localhost:1 --key D/server-key.pem      | 2 | --key needs the certificate too: --cert
            connect localhost:1 --cafile D/none.pem         | 1 | none.pem does not exist
            connect localhost:1 --cafile D                  | 1 | is a directory, expected a file
            connect localhost:1 --cafile D/text             | 1 | no certificate found
            connect localhost:1 --cert D/server.pem --key D/client-key.pem | 1 | KEY_VALUES_MISMATCH
            connect localhost:1 --cert D/server.pem --key D/text | 1 | no private key found
            connect localhost:1 --cert D/server.pem --key D/locked.pem | 1 | --pass-env or --pass-file
            connect localhost:1 --cert D/server.pem --key D/locked.pem --pass-file D/text | 1 | BAD_DECRYPT
            connect localhost:1 --cert D/server.pem --key D/locked.pem --pass-file /dev/zero | 1 | /dev/zero is larger than
            connect localhost:1 --cert D/server.pem --key D/locked.pem --pass-file D/none.pem | 1 | none.pem does not exist
            connect localhost:1 --cert D/server.pem --key D/locked.pem --pass-file D | 1 | cannot be read: Is a directory
            connect localhost:1 --cafile                    | 2 | Missing required parameter for option '--cafile'
            connect localhost:1 --cafile=                   | 2 | expected the name of a file or a folder
            connect localhost:1 --keylogfile D/none/x       | 1 | cannot be written: there is no such folder
            connect localhost:1 --session-out f             | 1 | --session-out: no provider lets a session out
            connect localhost:1 --session-in f              | 1 | --session-in: no provider lets a session out
            connect localhost:1                             | 1 | Connection refused); is the server running
            connect x.invalid:443                           | 1 | unknown host
            serve                                           | 2 | Missing required parameter: 'PORT'
            serve x --self-signed                           | 2 | 'x' is not a port
            serve 0                                         | 2 | a server needs a certificate: --cert, or --self-signed
            serve -1 --self-signed                          | 2 | '-1' is not a port, expected a number from 0 to 65535
            serve 0 --self-signed --names 1.2.3             | 2 | '1.2.3' is neither a host name nor an IP address
            serve 0 --cert D/server.pem --names a           | 2 | --names goes with --self-signed
            serve 0 --self-signed --reload                  | 2 | --reload reads files again
            serve 0 --reload --cert D/none.pem              | 1 | none.pem does not exist
            serve 0 --self-signed --cert-out D/none/x       | 1 | x cannot be written: there is no such folder
            serve 0 --self-signed --cert-out D              | 1 | cannot be written: Is a directory
            serve 0 --self-signed --cert-out /dev/full      | 1 | /dev/full cannot be written: No space left on device
            serve 0 --self-signed --www D/text              | 2 | is not a directory
            serve 0 --self-signed --client-ca D/none.pem    | 1 | none.pem does not exist
            serve 0 --self-signed --dhparam D/text          | 1 | NO_START_LINE
            serve 0 --self-signed --echo --www D            | 2 | mutually exclusive
            verify                                          | 2 | Missing required parameter: 'FILE'
            verify D/none.pem                               | 1 | none.pem does not exist
            verify D                                        | 1 | is a directory
            verify D/broken.pem                             | 1 | broken.pem
            verify --purpose nothing D/server.pem           | 2 | SERVER
            verify --ip localhost D/server.pem              | 2 | --ip: 'localhost' is not an IP address
            verify --attime 99999999999999999 D/server.pem  | 2 | --attime: there is no moment
            verify --attime x D/server.pem                  | 2 | 'x' is not a whole number
            verify --auth-level 9 D/server.pem              | 2 | a security level is 0 to 5, not 9
            cert D/none.pem                                 | 1 | none.pem does not exist
            cert D                                          | 1 | is a directory
            cert D/text                                     | 1 | no certificate found
            cert D/server.pem --pem --json                  | 2 | --pem and --json: one of them
            ciphers --names --json                          | 2 | --names and --json: one of them
            cert localhost:1                                | 1 | Connection refused
            scan localhost:1                                | 1 | Connection refused
            scan localhost                                  | 2 | has no port
            scan localhost:1 --limit 0                      | 2 | --limit
            scan localhost:1 --alpn h2,,x                   | 2 | --alpn
            ciphers A B                                     | 2 | one argument too many: 'B'
            ca                                              | 2 | Missing required parameter: 'DIR'
            ca D/text                                       | 1 | is not a directory
            ca D/text/below                                 | 1 | cannot be written: Not a directory
            ca D/new --key-type DSA                         | 2 | RSA
            completion fish                                 | 2 | zsh
            doctor --provider nobody                        | 2 | no provider is named 'nobody', there are jsse
            doctor x                                        | 2 | one argument too many: 'x'
            """;

    static Stream<Arguments> calls() {
        return CALLS.lines()
                .map(line -> line.split(" +\\| ", 3))
                .map(parts -> Arguments.of(parts[0], Integer.parseInt(parts[1].trim()), parts[2]));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isOneLine(String call, int exitCode, String expected) {
        String[] words = call.replace("D/", directory + "/").split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].equals("D") ? directory.toString() : words[i];
        }
        Cli.Ended ended = Cli.here(words);
        Cli.assertOneLine(ended, expected);
        assertEquals(exitCode, ended.exitCode(), ended.errors());
        assertEquals("", ended.output());
    }

    /** JSON's readers find what failed in JSON, and what was known before it did. */
    @ParameterizedTest
    @ValueSource(strings = {"cert D/none.pem", "scan localhost:1", "connect localhost:1", "ciphers NOTHING"})
    void whatFailsIsInJsonToo(String call) {
        Cli.Ended ended = Cli.here((call.replace("D/", directory + "/") + " --json").split(" ", -1));
        Cli.assertOneLine(ended, "");
        assertEquals(1, ended.exitCode());
        String said = ended.errors().substring("tls: ".length()).trim();
        assertEquals("{\n  \"error\": " + Json.line(said) + "\n}\n", ended.output());
    }

    @Test
    void aServerThatDoesNotStartIsAnEvent() {
        Cli.Ended ended = Cli.here(
                "serve", "0", "--json", "--cert", directory.resolve("none").toString());
        assertEquals(1, ended.exitCode());
        assertTrue(
                ended.output().startsWith("{\"event\": \"failed\",")
                        && ended.output().contains("does not exist"),
                ended.output());
        Cli.Ended wrongCall = Cli.here("serve", "0", "--json");
        assertEquals("2:", wrongCall.exitCode() + ":" + wrongCall.output());
    }

    @Test
    void filesThatCannotBeReadKeepNoOthersFromBeingJudged() {
        String server = directory.resolve("server.pem").toString();
        String none = directory.resolve("none.pem").toString();
        String[] call = {"verify", "--cafile", directory.resolve("root.pem").toString(), none, server};
        Cli.Ended text = Cli.here(call);
        Cli.assertOneLine(text, "none.pem does not exist");
        assertEquals(1, text.exitCode());
        assertEquals(server + ": OK\n", text.output());
        String[] more = Arrays.copyOf(call, call.length + 1);
        more[call.length] = "--json";
        Cli.Ended json = Cli.here(more);
        assertEquals(1, json.exitCode());
        assertTrue(
                json.output().contains("\"ok\": false,\n      \"error\": \"[SYS: NO_SUCH_FILE] " + none)
                        && json.output().contains("\"ok\": true"),
                json.output());
    }

    @Test
    void noCommandIsAWrongCall() {
        Cli.Ended ended = Cli.here();
        Cli.assertOneLine(ended, "which command? doctor, connect, serve");
        assertEquals(2, ended.exitCode());
    }

    @Test
    void debugAddsTheStackTrace() {
        Cli.Ended ended = Cli.here("connect", "localhost:1", "--debug");
        List<String> lines = ended.errors().lines().toList();
        assertTrue(lines.get(0).startsWith("tls: ") && lines.get(1).contains("Exception"), ended.errors());
    }

    @Test
    void aFileThatMayNotBeReadIsSaid() throws Exception {
        Path file = directory.resolve("server-key.pem");
        Path secret = Files.copy(file, directory.resolve("secret.pem"));
        Files.setPosixFilePermissions(secret, java.util.Set.of());
        if (!Files.isReadable(secret)) { // root reads everything
            Cli.assertOneLine(Cli.here("cert", secret.toString()), "permission denied");
        }
        assertEquals(
                "x cannot be read or written: permission denied",
                Failures.describe(new java.nio.file.AccessDeniedException("x")));
    }

    @Test
    void aBrokenInstallationIsOneLineToo() {
        assertEquals(
                "this should not happen: java.lang.NoClassDefFoundError: x",
                Failures.describe(new NoClassDefFoundError("x")));
        assertEquals("a b", Failures.describe(new java.io.IOException("a\n  b")));
    }
}
