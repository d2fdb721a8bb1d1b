package io.omnitls.integration.databases;

import io.omnitls.forge.oracle.MissingJudge;
import io.omnitls.integration.Case;
import io.omnitls.integration.FarEnd;
import io.omnitls.integration.Running;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A real MariaDB, of Debian's package {@code mariadb-server}; one for each case, whatever the provider of its clients is. */
final class MariaDb implements FarEnd {
    static final String USER = "omnitls";
    static final String PASSWORD = "a long password";

    private static final Path PROGRAM = Path.of("/usr/sbin/mariadbd");

    private final Map<Case, Integer> ports = new EnumMap<>(Case.class);
    private Path directory;
    private final List<ServerProcess> processes = new ArrayList<>();

    /** Makes an empty database, which each server begins with a copy of. */
    void prepare() throws Exception {
        directory = Files.createTempDirectory("mariadb");
        if (!Files.isExecutable(PROGRAM)) {
            throw MissingJudge.of("mariadb-server", new FileNotFoundException(PROGRAM.toString()));
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        new ServerProcess(
                        "mysql",
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + directory.resolve("empty"),
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db",
                        "--innodb-log-file-size=4M",
                        "--innodb-flush-method=nosync")
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
                files.resolve("users.sql"),
                "CREATE USER '" + USER + "'@'%' IDENTIFIED BY '" + PASSWORD + "' REQUIRE "
                        + (of.requiresCertificate() ? "X509" : "SSL") + ";\n");
        int port = FreePort.find();
        ServerProcess server = new ServerProcess(
                "mysql",
                "sh",
                "-c",
                "set -e; cd \"$1\"; cp -R ../empty data; exec \"$2\" --no-defaults --datadir=\"$1\"/data --socket=\"$1\"/socket"
                        + " --bind-address=127.0.0.1 --skip-name-resolve --port=\"$3\" --init-file=\"$1\"/users.sql"
                        + " --innodb-buffer-pool-size=8M --innodb-log-file-size=4M --innodb-flush-method=nosync"
                        + " --ssl-cert=\"$1\"/server.pem --ssl-key=\"$1\"/server.key --ssl-ca=\"$1\"/authority.pem",
                "sh",
                files.toString(),
                PROGRAM.toString(),
                Integer.toString(port));
        processes.add(server);
        server.awaitLine("ready for connections");
        return port;
    }

    void stop() throws Exception {
        for (ServerProcess process : processes) {
            process.stop();
        }
    }
}
