package io.omnitls.trace;

import io.omnitls.TlsEvent.ConnectionEnded;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("io.omnitls.ConnectionEnded")
@Label("TLS Connection Ended")
@Description("A TLS connection of OmniTLS that was open is over")
@SuppressWarnings("unused")
final class ConnectionEndedEvent extends ConnectionEvent {
    @Label("Time")
    @Description("Since the handshake was complete")
    @Timespan
    private long time;

    @Label("close_notify Sent")
    private boolean closeNotifySent;

    @Label("close_notify Received")
    private boolean closeNotifyReceived;

    @Label("Reason")
    @Description("OpenSSL's mnemonic for what was fatal, if anything was")
    private @Nullable String reason;

    static void write(ConnectionEnded ended) {
        ConnectionEndedEvent event = new ConnectionEndedEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.connection(ended.connection());
        event.time = ended.duration().toNanos();
        event.closeNotifySent = ended.closeNotifySent();
        event.closeNotifyReceived = ended.closeNotifyReceived();
        event.reason = ended.failure().map(failure -> failure.reason().name()).orElse(null);
        event.commit();
    }
}
