package io.omnitls.integration.management;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import java.rmi.registry.LocateRegistry;
import java.util.Map;
import javax.management.JMX;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.rmi.RMIConnector;
import javax.management.remote.rmi.RMIServer;

/** A client of JMX over RMI. */
final class JmxClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        RmiSockets.use(context);
        RMIServer server = (RMIServer)
                LocateRegistry.getRegistry("localhost", port, new RmiSockets()).lookup(JmxServer.NAME);
        try (JMXConnector connector = new RMIConnector(server, Map.of())) {
            connector.connect();
            EchoMBean echo = JMX.newMBeanProxy(
                    connector.getMBeanServerConnection(), new ObjectName(EchoMBean.NAME), EchoMBean.class);
            Cargo.requireWhole(echo.echo(Cargo.TEXT));
            return "an echo";
        }
    }
}
