package io.omnitls.integration.spring;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import io.omnitls.integration.netty.NettyHttpServer;
import io.omnitls.integration.netty.ServerTls;
import java.util.List;

/** Spring Boot's bundles. */
class SpringTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene(
                "Spring Boot, SslBundle",
                new NettyHttpServer(ServerTls.JDK_SSL_CONTEXT),
                new SpringClient(),
                "<client>"));
    }
}
