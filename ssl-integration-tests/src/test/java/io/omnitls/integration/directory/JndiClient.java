package io.omnitls.integration.directory;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.directory.BasicAttribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.ModificationItem;

/** The JDK's client of directories, with LDAPS. */
final class JndiClient implements ClientUse {
    @Override
    @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // which is tried here, and wants a Hashtable
    public String exchange(ClientContext context, int port) throws Exception {
        JndiSockets.use(context);
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        settings.put(Context.PROVIDER_URL, "ldaps://localhost:" + port);
        settings.put("java.naming.ldap.factory.socket", JndiSockets.class.getName());
        settings.put("com.sun.jndi.ldap.connect.timeout", Integer.toString(Deadline.MILLIS));
        settings.put("com.sun.jndi.ldap.read.timeout", Integer.toString(Deadline.MILLIS));
        DirContext directory = new InitialDirContext(settings);
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
