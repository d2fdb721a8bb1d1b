package io.omnitls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.TlsBioConnection;
import io.omnitls.TlsProviders;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.EngineFailure;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import javax.crypto.Mac;
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

    @Test
    void theObserverGoesFirstForEveryConnectionThatNeedsIt() throws Exception {
        ClientContext observed =
                ClientContext.builder().provider("jsse").exporters(true).build();
        Provider other = new Provider("Newcomer", "1", "stands where the observer wants to") {};
        for (int i = 0; i < 2; i++) {
            Security.insertProviderAt(other, 1);
            try {
                TlsBioConnection connection = observed.wrapBio(
                        new MemoryBio(), new MemoryBio(), ConnectionOptions.serverName("server.example"));
                assertThrows(TlsWantReadException.class, connection::handshake);
                assertEquals("OmniTlsObserver", Security.getProviders()[0].getName());
                assertEquals("SunJCE", Security.getProviders("Mac.HmacSHA256")[0].getName(), "nobody else gets it");
                assertEquals(
                        "SunJCE", Mac.getInstance("HmacSHA256").getProvider().getName());
            } finally {
                Security.removeProvider(other.getName());
            }
        }
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
                "Invalid TLS padding data | DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
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
