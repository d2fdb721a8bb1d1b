package io.omnitls.trace;

import io.omnitls.ConnectionInfo;
import io.omnitls.TlsEvent.HandshakeCompleted;
import io.omnitls.protocol.NamedGroup;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("io.omnitls.HandshakeCompleted")
@Label("TLS Handshake Completed")
@Description("A TLS handshake of OmniTLS is complete")
@SuppressWarnings("unused")
final class HandshakeCompletedEvent extends ConnectionEvent {
    @Label("Time")
    @Timespan
    private long time;

    @Label("Provider")
    private @Nullable String provider;

    @Label("Version")
    private @Nullable String version;

    @Label("Cipher Suite")
    private @Nullable String cipherSuite;

    @Label("Group")
    private @Nullable String group;

    @Label("Application Protocol")
    private @Nullable String applicationProtocol;

    @Label("Resumed")
    private boolean resumed;

    @Label("Peer")
    @Description("The subject of the peer's certificate, if it has proved it")
    private @Nullable String peer;

    static void write(HandshakeCompleted completed) {
        HandshakeCompletedEvent event = new HandshakeCompletedEvent();
        if (!event.isEnabled()) {
            return;
        }
        ConnectionInfo info = completed.info();
        event.connection(completed.connection());
        event.time = completed.duration().toNanos();
        event.provider = info.provider();
        event.version = info.version().protocolName();
        event.cipherSuite = info.cipher().ianaName();
        event.group = info.namedGroup().map(NamedGroup::name).orElse(null);
        event.applicationProtocol = info.applicationProtocol().orElse(null);
        event.resumed = info.sessionReused();
        event.peer = completed.verifiedChain().stream()
                .findFirst()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .orElse(null);
        event.commit();
    }
}
