package io.omnitls.trace;

import io.omnitls.TlsEvent.HandshakeFailed;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("io.omnitls.HandshakeFailed")
@Label("TLS Handshake Failed")
@Description("A TLS handshake of OmniTLS has failed or was given up")
@SuppressWarnings("unused")
final class HandshakeFailedEvent extends ConnectionEvent {
    @Label("Time")
    @Timespan
    private long time;

    @Label("Reason")
    @Description("OpenSSL's mnemonic")
    private @Nullable String reason;

    @Label("Verify Code")
    @Description("Of openssl verify; 0 where the peer's certificate is not the reason")
    private int verifyCode;

    @Label("Alert")
    private @Nullable String alert;

    @Label("Message")
    private @Nullable String message;

    static void write(HandshakeFailed failed) {
        HandshakeFailedEvent event = new HandshakeFailedEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.connection(failed.connection());
        event.time = failed.duration().toNanos();
        event.reason = failed.failure().reason().name();
        event.verifyCode = failed.verifyCode().map(code -> code.number()).orElse(0);
        event.alert = failed.failure().alert().map(Object::toString).orElse(null);
        event.message = failed.failure().getMessage();
        event.commit();
    }
}
