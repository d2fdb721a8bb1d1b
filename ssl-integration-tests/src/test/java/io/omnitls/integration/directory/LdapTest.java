package io.omnitls.integration.directory;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** Clients of LDAP with UnboundID's server. */
class LdapTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(
                new Scene("LDAP StartTLS", LdapServer.START_TLS, new LdapClient(), LdapServer.BASE),
                new Scene("JNDI, LDAPS", LdapServer.LDAPS, JndiClient.LDAPS, LdapServer.BASE),
                new Scene("JNDI, StartTLS", LdapServer.START_TLS, JndiClient.START_TLS, LdapServer.BASE));
    }
}
