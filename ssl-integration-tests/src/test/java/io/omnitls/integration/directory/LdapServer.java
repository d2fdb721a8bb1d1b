package io.omnitls.integration.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import io.omnitls.ServerContext;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.omnitls.protocol.VerifyMode;
import java.net.InetAddress;

/** UnboundID's directory in memory, with StartTLS. */
final class LdapServer implements ServerUse {
    static final String BASE = "dc=example,dc=com";

    @Override
    public Running start(ServerContext context) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        boolean required = context.verifyMode() == VerifyMode.REQUIRED;
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig(
                "tls",
                InetAddress.getLoopbackAddress(),
                0,
                context.sslContext().getSocketFactory(),
                required,
                required));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.add("dn: " + BASE, "objectClass: top", "objectClass: domain", "dc: example");
        server.startListening();
        return new Running(server.getListenPort(), () -> server.shutDown(true));
    }
}
