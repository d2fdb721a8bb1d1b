package io.omnitls.integration.reactor;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** Reactor Netty's client with its server. */
class ReactorTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("Reactor Netty", new ReactorServer(), new ReactorClient(), "HTTP/2.0 <client>"));
    }
}
