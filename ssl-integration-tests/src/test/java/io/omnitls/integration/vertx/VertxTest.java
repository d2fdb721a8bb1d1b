package io.omnitls.integration.vertx;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** Vert.x's client with its server. */
class VertxTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("Vert.x", new VertxServer(), new VertxClient(), "HTTP_2 <client>"));
    }
}
