package io.omnitls.integration.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;

/** UnboundID's client, with StartTLS. */
final class LdapClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(Deadline.MILLIS);
        options.setResponseTimeoutMillis(Deadline.MILLIS);
        try (LDAPConnection connection = new LDAPConnection(options, "localhost", port)) {
            ExtendedResult result =
                    connection.processExtendedOperation(new StartTLSExtendedRequest(context.sslSocketFactory()));
            if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                throw new LDAPException(result);
            }
            connection.modify(LdapServer.BASE, new Modification(ModificationType.REPLACE, "description", Cargo.TEXT));
            Entry entry = connection.getEntry(LdapServer.BASE);
            Cargo.requireWhole(entry.getAttributeValue("description"));
            return entry.getDN();
        }
    }
}
