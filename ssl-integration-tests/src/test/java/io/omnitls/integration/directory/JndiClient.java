package io.omnitls.integration.directory;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.io.IOException;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.BasicAttribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.ModificationItem;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;

/** The JDK's client of directories. */
@SuppressWarnings({"BanJNDI", "JdkObsolete"}) // which is tried here, and wants a Hashtable
enum JndiClient implements ClientUse {
    LDAPS {
        @Override
        DirContext connect(ClientContext context, int port, Hashtable<String, String> settings) throws NamingException {
            JndiSockets.use(context);
            settings.put(Context.PROVIDER_URL, "ldaps://localhost:" + port);
            settings.put("java.naming.ldap.factory.socket", JndiSockets.class.getName());
            return new InitialDirContext(settings);
        }
    },
    /** Over a socket of JNDI's, which stays open when TLS ends. */
    START_TLS {
        @Override
        DirContext connect(ClientContext context, int port, Hashtable<String, String> settings)
                throws NamingException, IOException {
            settings.put(Context.PROVIDER_URL, "ldap://localhost:" + port);
            LdapContext directory = new InitialLdapContext(settings, null);
            StartTlsResponse tls = (StartTlsResponse) directory.extendedOperation(new StartTlsRequest());
            tls.negotiate(context.sslSocketFactory());
            return directory;
        }
    };

    abstract DirContext connect(ClientContext context, int port, Hashtable<String, String> settings)
            throws NamingException, IOException;

    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        settings.put("com.sun.jndi.ldap.connect.timeout", Integer.toString(Deadline.MILLIS));
        settings.put("com.sun.jndi.ldap.read.timeout", Integer.toString(Deadline.MILLIS));
        DirContext directory = connect(context, port, settings);
        try {
            directory.modifyAttributes(LdapServer.BASE, new ModificationItem[] {
                new ModificationItem(DirContext.REPLACE_ATTRIBUTE, new BasicAttribute("description", Cargo.TEXT))
            });
            Cargo.requireWhole((String)
                    directory.getAttributes(LdapServer.BASE).get("description").get());
            return LdapServer.BASE;
        } finally {
            directory.close();
        }
    }
}
