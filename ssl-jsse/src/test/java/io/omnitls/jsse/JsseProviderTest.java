package io.omnitls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.TlsProviders;
import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.EngineFailure;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in the named module, on the module path. */
class JsseProviderTest {
    @Test
    void theModuleIsFoundAndMakesAContext() throws Exception {
        assertTrue(JsseProvider.class.getModule().isNamed());
        assertInstanceOf(JsseProvider.class, TlsProviders.named("jsse"));
        assertEquals("jsse", ClientContext.createDefault().provider().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Received fatal alert: unknown_ca | TLSV1_ALERT_UNKNOWN_CA",
                "(unknown_ca) Received fatal alert: unknown_ca | TLSV1_ALERT_UNKNOWN_CA",
                "Unknown alert description (-56) | TLSV1_ALERT_UNKNOWN",
                "no cipher suites in common | NO_SHARED_CIPHER",
                "(handshake_failure) no cipher suites in common | NO_SHARED_CIPHER",
                "Empty client certificate chain | PEER_DID_NOT_RETURN_A_CERTIFICATE",
                "something new | INTERNAL_ERROR"
            })
    void whatSunJsseSaysIsTranslated(String message, ErrorReason reason) {
        assertEquals(reason, JsseFailures.explain(new SSLException(message)).reason());
    }

    @Test
    void theAlertThatIsSentStandsInTheMessageOfNewerJdks() {
        EngineFailure failure =
                JsseFailures.explain(new SSLException("(handshake_failure) no cipher suites in common"));
        assertEquals(Optional.of(40), failure.alert().map(TlsAlert::code));
        assertEquals("no cipher suites in common", failure.detail());
        assertEquals(
                200,
                JsseFailures.explain(new SSLException("Unknown alert description (-56)"))
                        .alert()
                        .orElseThrow()
                        .code());
    }
}
