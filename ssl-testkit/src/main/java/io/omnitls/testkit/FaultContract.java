package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** SPEC.md 6.11: one table says what each fault is called, in every role and version. */
public interface FaultContract extends Contract {

    @TestFactory
    default Stream<DynamicTest> rule6_11_everyFaultHasOneName() {
        return FaultTable.of(fixture()).stream()
                .flatMap(fault -> fault.versions().stream()
                        .map(version -> DynamicTest.dynamicTest(
                                fault.name() + ", noticed by the " + fault.noticedBy() + ", " + version,
                                () -> assertSeen(fault, version))));
    }

    private static void assertSeen(Fault fault, TlsVersion version) throws Exception {
        Fault.Seen seen = fault.scene().play(version);
        TlsException noticed = seen.noticed().orElseThrow(() -> new AssertionError("nobody noticed"));
        assertEquals(fault.type(), noticed.getClass(), noticed.toString());
        assertEquals(fault.reason(), noticed.reason(), noticed.toString());
        assertEquals(
                fault.code(),
                noticed instanceof TlsCertificateVerificationException refusal
                        ? Optional.of(refusal.verifyCode())
                        : Optional.empty(),
                noticed.toString());
        Optional<AlertDescription> heard =
                seen.heard().flatMap(TlsException::alert).flatMap(TlsAlert::description);
        if (fault.alerts().isEmpty()) {
            assertEquals(Optional.empty(), heard, "an alert nobody should have sent");
        } else {
            assertTrue(
                    heard.filter(fault.alerts()::contains).isPresent(),
                    () -> "the other end should have heard " + fault.alerts() + ", but saw " + seen.heard());
            assertEquals(
                    ErrorReason.ofReceivedAlert(heard.orElseThrow().code()),
                    seen.heard().orElseThrow().reason());
        }
    }
}
