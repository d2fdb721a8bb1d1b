package io.omnitls.integration.websocket;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** Java-WebSocket's client with its server. */
class WebSocketTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("Java-WebSocket", new WebSocketServers(), new WebSocketUse(), "<client>"));
    }
}
