package io.omnitls.integration.management;

import io.omnitls.ServerContext;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.omnitls.protocol.VerifyMode;
import java.io.IOException;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.net.ssl.SSLContext;
import javax.rmi.ssl.SslRMIServerSocketFactory;

/** JMX over RMI: a registry, and a server that is found in it. */
final class JmxServer implements ServerUse {
    static final String NAME = "jmxrmi";

    @Override
    public Running start(ServerContext context) throws Exception {
        RmiSockets clients = new RmiSockets();
        ServerSockets sockets = new ServerSockets(context.sslContext(), context.verifyMode() == VerifyMode.REQUIRED);
        Registry registry = LocateRegistry.createRegistry(0, clients, sockets);
        MBeanServer beans = MBeanServerFactory.newMBeanServer();
        beans.registerMBean(new Echo(), new ObjectName(EchoMBean.NAME));
        RMIJRMPServerImpl remote = new RMIJRMPServerImpl(0, clients, sockets, Map.of());
        RMIConnectorServer server =
                new RMIConnectorServer(new JMXServiceURL("service:jmx:rmi://localhost"), Map.of(), remote, beans);
        server.start();
        registry.rebind(NAME, remote.toStub());
        return new Running(sockets.first.join(), () -> {
            server.stop();
            UnicastRemoteObject.unexportObject(registry, true);
        });
    }

    /** Knows the port of the first of them, which is the registry's. */
    private static final class ServerSockets extends SslRMIServerSocketFactory {
        final CompletableFuture<Integer> first = new CompletableFuture<>();

        ServerSockets(SSLContext context, boolean required) {
            super(context, null, null, required);
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            ServerSocket socket = super.createServerSocket(port);
            first.complete(socket.getLocalPort());
            return socket;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
