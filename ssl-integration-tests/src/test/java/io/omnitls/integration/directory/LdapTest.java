package io.omnitls.integration.directory;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** UnboundID's LDAP client with its server. */
class LdapTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("LDAP StartTLS", new LdapServer(), new LdapClient(), LdapServer.BASE));
    }
}
