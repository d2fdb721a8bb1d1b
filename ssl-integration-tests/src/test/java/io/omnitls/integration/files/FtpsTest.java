package io.omnitls.integration.files;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** FTPS: commons-net with Apache FtpServer. */
class FtpsTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(
                new Scene("FTPS", new FtpsServer(), FtpsClient.PLAIN, "a file"),
                new Scene("FTPS, data of the same session", new FtpsServer(), FtpsClient.RESUMING, "a file"));
    }
}
