package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.protocol.TlsVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"www.example.org", "localhost", "xn--bcher-kva.example", "with_underscore.example", "a.b.c.d"})
    void theNameIsSentAsItIs(String name) throws Exception {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        // RFC 6066 3: struct { NameType name_type; HostName host_name<1..2^16-1>; } ServerName
        byte[] serverName = ByteBuffer.allocate(9 + ascii.length)
                .putShort((short) 0)
                .putShort((short) (5 + ascii.length))
                .putShort((short) (3 + ascii.length))
                .put((byte) 0)
                .putShort((short) ascii.length)
                .put(ascii)
                .array();

        String hello =
                hello(TestContext.client(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3).serverName(name));

        assertTrue(hello.contains(new String(serverName, StandardCharsets.ISO_8859_1)), hello);
    }

    @Test
    void withoutANameNoneIsSent() throws Exception {
        String hello = hello(TestContext.client(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3));

        assertFalse(hello.contains("omnitls"), hello);
    }

    private static String hello(TestContext context) throws Exception {
        TestPeer client = context.peer();
        client.progress();
        return new String(client.take(), StandardCharsets.ISO_8859_1);
    }
}
