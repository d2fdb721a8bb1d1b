package io.omnitls.trace;

import io.omnitls.TlsEvent.TracedConnection;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What all events of connections have. JFR finds the fields by itself, but of a superclass not the private ones. */
@Category("OmniTLS")
@StackTrace(false)
@SuppressWarnings("unused")
abstract class ConnectionEvent extends Event {
    @Label("Connection")
    @Description("The same in all events of a connection")
    long connectionId;

    @Label("Role")
    @Nullable
    String role;

    @Label("Server Name")
    @Nullable
    String serverName;

    @Label("Local Address")
    @Nullable
    String localAddress;

    @Label("Remote Address")
    @Nullable
    String remoteAddress;

    final void connection(TracedConnection connection) {
        connectionId = connection.id();
        role = connection.role().name();
        serverName = connection.serverName().orElse(null);
        localAddress = connection.localAddress().map(Object::toString).orElse(null);
        remoteAddress = connection.remoteAddress().map(Object::toString).orElse(null);
    }
}
