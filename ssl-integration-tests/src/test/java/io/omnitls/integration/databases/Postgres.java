package io.omnitls.integration.databases;

import io.omnitls.forge.oracle.MissingJudge;
import io.omnitls.integration.Case;
import io.omnitls.integration.FarEnd;
import io.omnitls.integration.Running;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real PostgreSQL, of Debian's package {@code postgresql}; one for each case, whatever the provider of its clients is. */
final class Postgres implements FarEnd {
    static final String USER = "omnitls";
    static final String PASSWORD = "a long password";

    private final Map<Case, Integer> ports = new EnumMap<>(Case.class);
    private Path directory;
    private Path programs;
    private final List<ServerProcess> processes = new ArrayList<>();

    /** Makes an empty database, which each server begins with a copy of. */
    void prepare() throws Exception {
        programs = programs();
        directory = Files.createTempDirectory("postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(directory.resolve("password"), PASSWORD);
        new ServerProcess(
                        "postgres",
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + directory.resolve("empty"),
                        "--username=" + USER,
                        "--pwfile=" + directory.resolve("password"),
                        "--auth=scram-sha-256",
                        "--no-sync")
                .awaitSuccess();
    }

    @Override
    public synchronized Running start(Case of, String provider) throws Exception {
        if (!ports.containsKey(of)) {
            ports.put(of, start(of));
        }
        return new Running(ports.get(of), () -> {}); // it is stopped when all are done
    }

    private int start(Case of) throws Exception {
        Path files = Files.createDirectory(directory.resolve(of.name()));
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(files.resolve("server.pem"), of.serverIdentity().certificatePem());
        Files.writeString(files.resolve("server.key"), of.serverIdentity().keyPem());
        Files.writeString(files.resolve("authority.pem"), Case.authorityPem());
        Files.writeString(
                files.resolve("hba.conf"),
                "hostssl all all all scram-sha-256" + (of.requiresCertificate() ? " clientcert=verify-ca\n" : "\n"));
        int port = FreePort.find();
        // The key has to be the server's own, and nobody else's to read.
        ServerProcess server = new ServerProcess(
                "postgres",
                "sh",
                "-c",
                "set -e; umask 077; cd \"$1\"; cp -R ../empty data; cp server.key own.key; exec \"$2\"/postgres -D data"
                        + " -c listen_addresses=127.0.0.1 -c port=\"$3\" -c unix_socket_directories= -c fsync=off"
                        + " -c hba_file=\"$1\"/hba.conf -c ssl=on -c ssl_cert_file=\"$1\"/server.pem"
                        + " -c ssl_key_file=\"$1\"/own.key -c ssl_ca_file=\"$1\"/authority.pem",
                "sh",
                files.toString(),
                programs.toString(),
                Integer.toString(port));
        processes.add(server);
        server.awaitLine("database system is ready to accept connections");
        return port;
    }

    void stop() throws Exception {
        for (ServerProcess process : processes) {
            process.stop();
        }
    }

    /** Where Debian keeps them, which is on nobody's path. */
    private static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                Optional<Path> newest = found.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                        .max(Comparator.naturalOrder());
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw MissingJudge.of("postgresql", new FileNotFoundException(versions + "/*/bin/postgres"));
    }
}
