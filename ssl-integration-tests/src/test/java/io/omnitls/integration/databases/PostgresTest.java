package io.omnitls.integration.databases;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** pgjdbc with a real PostgreSQL. */
class PostgresTest extends ConsumerTest {
    private final Postgres server = new Postgres();

    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("pgjdbc", server, new PostgresClient(), "t /<client>"));
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
