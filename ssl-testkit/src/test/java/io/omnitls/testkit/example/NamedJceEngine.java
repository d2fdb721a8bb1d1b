package io.omnitls.testkit.example;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.StandardEngine;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;

/** What takes time with a new backend: its words for what goes wrong. */
final class NamedJceEngine extends StandardEngine {
    private static final Pattern UNKNOWN = Pattern.compile("Unknown alert description \\((-?\\d+)\\)");
    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: (\\w+)");

    private static final Map<String, ErrorReason> WORDS = Map.of(
            "Failed to parse", ErrorReason.CERTIFICATE_VERIFY_FAILED,
            "Cannot verify", ErrorReason.WRONG_SIGNATURE_TYPE,
            "empty cert_data", ErrorReason.DECODE_ERROR,
            "Illegal server name", ErrorReason.CLIENTHELLO_TLSEXT,
            "no cipher suites in common", ErrorReason.NO_SHARED_CIPHER,
            "Empty client certificate chain", ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
            "certificate chain length", ErrorReason.TOO_MANY_CERTIFICATES,
            "size of the handshake message", ErrorReason.EXCESSIVE_MESSAGE_SIZE,
            "ag mismatch", ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);

    NamedJceEngine(SSLEngine engine) {
        super(engine);
    }

    @Override
    public EngineFailure explain(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher received = RECEIVED.matcher(message);
        for (AlertDescription alert : AlertDescription.values()) {
            if (received.find(0) && received.group(1).equals(alert.rfcName())) {
                return EngineFailure.received(alert.code());
            }
        }
        if (message.contains("Received fatal close_notify alert")) { // so SunJSSE says of a user_canceled that is fatal
            return EngineFailure.received(AlertDescription.USER_CANCELED.code());
        }
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.find()) {
            return EngineFailure.received(Integer.parseInt(unknown.group(1)) & 0xff);
        }
        ErrorReason reason = WORDS.entrySet().stream()
                .filter(words -> message.contains(words.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> unnamed(failure));
        return EngineFailure.of(reason, message);
    }

    private static ErrorReason unnamed(Throwable failure) {
        if (failure instanceof SSLProtocolException) {
            return ErrorReason.DECODE_ERROR;
        }
        return failure instanceof SSLException || EngineFailure.ofEncoding(failure)
                ? ErrorReason.BAD_DATA
                : ErrorReason.INTERNAL_ERROR;
    }
}
