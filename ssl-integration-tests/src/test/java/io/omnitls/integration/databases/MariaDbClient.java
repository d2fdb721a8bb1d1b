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

/** MariaDB's driver, which MySQL's protocol is spoken by. */
final class MariaDbClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        MariaDbSockets.register("tests", context);
        Properties settings = new Properties();
        settings.setProperty("user", MariaDb.USER);
        settings.setProperty("password", MariaDb.PASSWORD);
        settings.setProperty("sslMode", "verify-full");
        settings.setProperty("tlsSocketType", "omnitls");
        settings.setProperty("serverSslCert", "tests");
        settings.setProperty("connectTimeout", Integer.toString(Deadline.MILLIS));
        settings.setProperty("socketTimeout", Integer.toString(Deadline.MILLIS));
        try (Connection connection = DriverManager.getConnection("jdbc:mariadb://localhost:" + port + "/", settings);
                PreparedStatement statement = connection.prepareStatement("SELECT variable_value, ?"
                        + " FROM information_schema.session_status WHERE variable_name = 'Ssl_version'")) {
            statement.setString(1, Cargo.TEXT);
            ResultSet result = statement.executeQuery();
            result.next();
            Cargo.requireWhole(result.getString(2));
            return result.getString(1);
        }
    }
}
