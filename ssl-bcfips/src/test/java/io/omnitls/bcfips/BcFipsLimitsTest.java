package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.spi.Limits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BcFipsLimitsTest {
    private static final String MESSAGE = "jdk.tls.maxHandshakeMessageSize";
    private static final String CHAIN = "jdk.tls.maxCertificateChainLength";
    private static final String CHAIN_AT_CLIENT = "jdk.tls.client.maxInboundCertificateChainLength";
    private static final String CHAIN_AT_SERVER = "jdk.tls.server.maxInboundCertificateChainLength";

    /** What is declared where the properties are these alone. */
    private static Limits with(Map<String, String> properties) {
        Map<String, String> before = new LinkedHashMap<>();
        for (String name : List.of(MESSAGE, CHAIN, CHAIN_AT_CLIENT, CHAIN_AT_SERVER)) {
            String value = System.getProperty(name);
            if (value != null) {
                before.put(name, value);
            }
            System.clearProperty(name);
        }
        try {
            properties.forEach(System::setProperty);
            return BcFipsLimits.ofProcess();
        } finally {
            properties.keySet().forEach(System::clearProperty);
            before.forEach(System::setProperty);
        }
    }

    @Test
    void propertiesSetTheLimits() {
        assertEquals(new Limits(10, 8, Limits.OPENSSL_MESSAGE), with(Map.of()));
        assertEquals(new Limits(5, 5, Limits.OPENSSL_MESSAGE), with(Map.of(CHAIN, "5")));
        assertEquals(new Limits(5, 6, Limits.OPENSSL_MESSAGE), with(Map.of(CHAIN, "5", CHAIN_AT_SERVER, "6")));
        assertEquals(new Limits(7, 8, 2048), with(Map.of(CHAIN_AT_CLIENT, "7", MESSAGE, "2048")));
    }

    /** The backend passes them over, and works. */
    @Test
    void valuesThatAreTooSmallDoNotCount() {
        for (String small : List.of("0", "-1", "many")) {
            assertEquals(new Limits(10, 8, Limits.OPENSSL_MESSAGE), with(Map.of(CHAIN, small)), small);
            assertEquals(
                    new Limits(3, 3, Limits.OPENSSL_MESSAGE),
                    with(Map.of(CHAIN, "3", CHAIN_AT_CLIENT, small, CHAIN_AT_SERVER, small)),
                    small);
            assertEquals(new Limits(10, 8, 32_768), with(Map.of(MESSAGE, small)), small);
        }
        assertEquals(new Limits(10, 8, 32_768), with(Map.of(MESSAGE, "1023")));
    }
}
