package io.omnitls.integration.databases;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** MariaDB Connector with a real MariaDB. */
class MariaDbTest extends ConsumerTest {
    private final MariaDb server = new MariaDb();

    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("MariaDB Connector", server, new MariaDbClient(), "TLSv1.3"));
    }

    @BeforeAll
    void prepare() throws Exception {
        server.prepare();
    }

    @AfterAll
    void stopServer() throws Exception {
        server.stop();
    }
}
