package io.omnitls.integration.databases;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Properties;

/** pgjdbc, which verifies the server's name and binds its password to the channel: {@code SCRAM-SHA-256-PLUS}. */
final class PostgresClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        PostgresSockets.register("tests", context);
        Properties settings = new Properties();
        settings.setProperty("user", Postgres.USER);
        settings.setProperty("password", Postgres.PASSWORD);
        settings.setProperty("sslmode", "verify-full");
        settings.setProperty("sslfactory", PostgresSockets.class.getName());
        settings.setProperty("sslfactoryarg", "tests");
        settings.setProperty("channelBinding", "require");
        settings.setProperty("connectTimeout", Integer.toString(Deadline.SECONDS));
        settings.setProperty("socketTimeout", Integer.toString(Deadline.SECONDS));
        String url = "jdbc:postgresql://localhost:" + port + "/postgres";
        try (Connection connection = DriverManager.getConnection(url, settings);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT ssl, coalesce(client_dn, '/nobody'), ?"
                                + " FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            statement.setString(1, Cargo.TEXT);
            ResultSet result = statement.executeQuery();
            result.next();
            Cargo.requireWhole(result.getString(3));
            return result.getString(1) + " " + result.getString(2);
        }
    }
}
