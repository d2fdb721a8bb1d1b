package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.bcfips.TestIdentity.Kind;
import io.omnitls.protocol.TlsVersion;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever comes, an engine throws SSLException or nothing, and comes to rest: {@link TestPeer} catches no more. */
class HostileInputTest {
    private TestContext client;
    private TestContext server;

    @BeforeProperty
    void makeContexts() {
        client = TestContext.client(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
        server = TestContext.server(TestIdentity.of(Kind.P256), TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    }

    @Provide
    Arbitrary<TlsVersion> versions() {
        return Arbitraries.of(TestContext.CAPABILITIES.versions());
    }

    @Property(tries = 300)
    void aServerSurvivesAnyChangeToAClientHello(
            @ForAll("versions") TlsVersion version,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 0xffffff) Integer> changes)
            throws Exception {
        TestPeer clientPeer = TestContext.client(version).peer();
        TestPeer serverPeer = server.peer();
        clientPeer.progress();

        serverPeer.feed(changed(clientPeer.take(), changes));
        TestPeer.connect(clientPeer, serverPeer);

        assertAgreeOrFail(clientPeer, serverPeer);
    }

    @Property(tries = 300)
    void aClientSurvivesAnyChangeToAServersFlight(
            @ForAll("versions") TlsVersion version,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 0xffffff) Integer> changes)
            throws Exception {
        TestPeer clientPeer = client.peer();
        TestPeer serverPeer =
                TestContext.server(TestIdentity.of(Kind.P256), version).peer();
        clientPeer.progress();
        serverPeer.feed(clientPeer.take());
        serverPeer.progress();

        clientPeer.feed(changed(serverPeer.take(), changes));
        TestPeer.connect(clientPeer, serverPeer);

        assertAgreeOrFail(clientPeer, serverPeer);
    }

    @Property(tries = 200)
    void anyRecordAfterTheOwnCloseNotifyIsReadOrRefused(
            @ForAll("versions") TlsVersion version,
            @ForAll @IntRange(min = 20, max = 24) int type,
            @ForAll @Size(max = 200) byte[] fragment)
            throws Exception {
        TestPeer clientPeer = TestContext.client(version).peer();
        TestPeer serverPeer = server.peer();
        TestPeer.connect(clientPeer, serverPeer);
        clientPeer.closeOutbound();
        byte[] record = new byte[5 + fragment.length];
        System.arraycopy(new byte[] {(byte) type, 3, 3, 0, (byte) fragment.length}, 0, record, 0, 5);
        System.arraycopy(fragment, 0, record, 5, fragment.length);

        clientPeer.feed(record);
        clientPeer.progress();

        assertTrue(clientPeer.failure().isPresent(), "nobody but the server can make a record");
    }

    /** A change that both ends survive has hit what nobody looks at, such as the record's version. */
    private static void assertAgreeOrFail(TestPeer client, TestPeer server) throws Exception {
        boolean failed = client.failure().isPresent() || server.failure().isPresent();
        boolean waiting = client.handshaking() || server.handshaking();
        if (!failed && !waiting) {
            HandshakeTest.assertTalks(client, server);
        }
    }

    /** Each change names a place and what is flipped there. */
    private static byte[] changed(byte[] original, List<Integer> changes) {
        byte[] bytes = Arrays.copyOf(original, original.length);
        for (int change : changes) {
            bytes[(change >> 8) % bytes.length] ^= (byte) change;
        }
        return bytes;
    }
}
