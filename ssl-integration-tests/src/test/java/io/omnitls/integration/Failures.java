package io.omnitls.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.VerifyCode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** What a consumer makes of a failed handshake: its own exception, in which ours has to be found. */
final class Failures {
    private Failures() {}

    /** The client has to have come to this verdict, and its user to hear of it. */
    static void requireVerdict(VerifyCode expected, Exception failure) {
        Throwable found = find(failure, TlsCertificateVerificationException.class::isInstance)
                .orElseThrow(() -> new AssertionError("failed without a verdict of ours", failure));
        assertEquals(expected, ((TlsCertificateVerificationException) found).verifyCode());
    }

    /** The server has to have refused the client, which is something else than silence. */
    static void requireRefusal(Exception failure) {
        if (find(failure, Failures::isTimeout).isPresent()) {
            throw new AssertionError("the server did not refuse, it said nothing", failure);
        }
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException
                || failure.getClass().getSimpleName().contains("Timeout");
    }

    private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> wanted) {
        return find(failure, wanted, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> wanted, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return Optional.empty();
        }
        if (wanted.test(failure)) {
            return Optional.of(failure);
        }
        Optional<Throwable> found = find(failure.getCause(), wanted, seen);
        for (Throwable suppressed : failure.getSuppressed()) {
            found = found.isPresent() ? found : find(suppressed, wanted, seen);
        }
        return found;
    }
}
