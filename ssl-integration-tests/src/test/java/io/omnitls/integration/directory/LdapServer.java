package io.omnitls.integration.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import io.omnitls.ServerContext;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.omnitls.protocol.VerifyMode;
import java.net.InetAddress;

/** UnboundID's directory in memory. */
enum LdapServer implements ServerUse {
    /** TLS from the first byte on. */
    LDAPS {
        @Override
        InMemoryListenerConfig listener(ServerContext context, boolean required) throws LDAPException {
            return InMemoryListenerConfig.createLDAPSConfig(
                    "tls",
                    InetAddress.getLoopbackAddress(),
                    0,
                    context.sslServerSocketFactory(),
                    null,
                    required,
                    required);
        }
    },
    /** TLS after a request in the clear. */
    START_TLS {
        @Override
        InMemoryListenerConfig listener(ServerContext context, boolean required) throws LDAPException {
            return InMemoryListenerConfig.createLDAPConfig(
                    "tls",
                    InetAddress.getLoopbackAddress(),
                    0,
                    context.sslContext().getSocketFactory(),
                    required,
                    required);
        }
    };

    static final String BASE = "dc=example,dc=com";

    /** @param required whether clients have to have a certificate, which the server sets on each socket itself */
    abstract InMemoryListenerConfig listener(ServerContext context, boolean required) throws LDAPException;

    @Override
    public Running start(ServerContext context) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setListenerConfigs(listener(context, context.verifyMode() == VerifyMode.REQUIRED));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.add("dn: " + BASE, "objectClass: top", "objectClass: domain", "dc: example");
        server.startListening();
        return new Running(server.getListenPort(), () -> server.shutDown(true));
    }
}
