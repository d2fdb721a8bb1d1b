package io.omnitls.cli;

import io.omnitls.forge.issue.CertificateSet;
import io.omnitls.forge.issue.KeyType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tls ca}: certificates to try things with, all of them in one go. */
@Command(
        name = "ca",
        mixinStandardHelpOptions = true,
        description = {
            "Make a certificate authority with a server's and a client's certificate, for development and tests.",
            "Writes root.pem, server.pem, client.pem and beside each its key, which nobody but you can read."
        })
final class CaCommand implements Callable<Integer> {
    private static final int MAX_DAYS = 36_500;

    @Parameters(paramLabel = "DIR", description = "Where to; it is made if it is missing.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path directory;

    @Option(
            names = "--names",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "localhost,127.0.0.1,::1",
            description = "Host names and addresses of the server (default: ${DEFAULT-VALUE}).")
    private List<String> names = List.of();

    @Option(
            names = "--client-name",
            paramLabel = "N",
            defaultValue = "client",
            description = "The client's common name (default: ${DEFAULT-VALUE}).")
    private String clientName = "";

    @Option(
            names = "--ca-name",
            paramLabel = "N",
            defaultValue = "Development CA",
            description = "The root's common name (default: ${DEFAULT-VALUE}).")
    private String authorityName = "";

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "For how long they are valid (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--key-type",
            paramLabel = "T",
            defaultValue = "EC",
            description = "The keys: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private KeyType keyType = KeyType.EC;

    @Option(names = "--intermediate", description = "Issue by an intermediate authority and not by the root.")
    private boolean intermediate;

    @Option(names = "--force", description = "Replace files that are there.")
    private boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (days < 1 || days > MAX_DAYS) {
            throw new IllegalArgumentException("--days: from 1 to " + MAX_DAYS + ", not " + days);
        }
        Instant now = Instant.now();
        CertificateSet set = CertificateSet.builder()
                .rootName(authorityName)
                .serverNames(names)
                .clientName(clientName)
                .keyType(keyType)
                .intermediate(intermediate)
                .valid(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(days)))
                .build();
        PrintWriter out = spec.commandLine().getOut();
        for (Path file : write(set)) {
            out.println(file);
        }
        out.flush();
        return 0;
    }

    private List<Path> write(CertificateSet set) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IOException(directory + " is not a directory");
        }
        try {
            return force ? set.replace(directory) : set.write(directory);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getMessage() + " exists; --force replaces it", e);
        } catch (FileSystemException e) {
            throw new IOException(Failures.unwritable(Path.of(e.getFile()), e), e);
        }
    }
}
