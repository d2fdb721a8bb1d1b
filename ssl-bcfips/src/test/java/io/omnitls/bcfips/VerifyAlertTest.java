package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.omnitls.bcfips.TestIdentity.Kind;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.VerifyFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class VerifyAlertTest {

    static Stream<Arguments> everyWayToFail() {
        return Arrays.stream(VerifyCode.values())
                .filter(code -> code != VerifyCode.OK)
                .flatMap(code -> TestContext.CAPABILITIES.versions().stream()
                        .flatMap(version -> Stream.of(Role.values()).map(role -> Arguments.of(code, version, role))));
    }

    @ParameterizedTest
    @MethodSource("everyWayToFail")
    void thePeerGetsTheAlertOfTheVerifyCode(VerifyCode code, TlsVersion version, Role judge) throws Exception {
        TestIdentity identity = TestIdentity.of(Kind.P256);
        TestContext client = TestContext.client(version).keys(identity);
        TestContext server = TestContext.server(identity, version).verifyMode(VerifyMode.REQUIRED);
        TestPeer clientPeer = (judge == Role.CLIENT ? client.verdict(code) : client).peer();
        TestPeer serverPeer = (judge == Role.SERVER ? server.verdict(code) : server).peer();

        TestPeer.connect(clientPeer, serverPeer);

        TestPeer failed = judge == Role.CLIENT ? clientPeer : serverPeer;
        TestPeer told = judge == Role.CLIENT ? serverPeer : clientPeer;
        assertEquals(List.of("unwrap"), failed.failedCalls());
        assertSame(code, verdict(failed.failed()).code());
        assertEquals(
                Optional.of(TlsAlert.sent(code.alert())),
                failed.engine().explain(failed.failed()).alert());
        assertEquals(
                Optional.of(TlsAlert.received(code.alert().code())),
                told.engine().explain(told.failed()).alert());
    }

    private static VerifyFailure verdict(Throwable failure) {
        return Stream.iterate(failure, Throwable::getCause)
                .limit(20)
                .takeWhile(cause -> cause != null)
                .filter(VerifyFailure.class::isInstance)
                .map(VerifyFailure.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the verdict is lost", failure));
    }
}
