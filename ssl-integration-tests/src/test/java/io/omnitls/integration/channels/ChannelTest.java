package io.omnitls.integration.channels;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** tls-channel's client with its server. */
class ChannelTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("tls-channel", new ChannelServer(), new ChannelClient(), "<client>"));
    }
}
