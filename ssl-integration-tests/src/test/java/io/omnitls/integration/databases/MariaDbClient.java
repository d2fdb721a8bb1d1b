package io.omnitls.integration.databases;

import io.omnitls.ClientContext;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
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
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW SESSION STATUS LIKE 'Ssl_version'")) {
            result.next();
            return result.getString(2);
        }
    }
}
