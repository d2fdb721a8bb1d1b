package io.omnitls.integration.management;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** JMX over RMI. */
class JmxTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("JMX over RMI", new JmxServer(), new JmxClient(), "an echo"));
    }
}
