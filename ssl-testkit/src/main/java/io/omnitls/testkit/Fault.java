package io.omnitls.testkit;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the table of faults: what goes wrong, and how the end that notices it has to call it.
 *
 * @param noticedBy the end that fails first
 * @param versions the versions in which the fault exists
 * @param type the exact class of the exception
 * @param alerts the alerts that the other end may hear for it; none, when there must not be one
 * @param scene makes the fault happen
 */
record Fault(
        String name,
        Role noticedBy,
        List<TlsVersion> versions,
        Class<? extends TlsException> type,
        ErrorReason reason,
        Optional<VerifyCode> code,
        Set<AlertDescription> alerts,
        Scene scene) {

    /** Makes a fault happen. */
    interface Scene {
        Seen play(TlsVersion version) throws Exception;
    }

    /** What the end that noticed the fault threw, and what the other one threw because of that. */
    record Seen(Optional<TlsException> noticed, Optional<TlsException> heard) {}

    static Fault of(
            String name,
            Role noticedBy,
            List<TlsVersion> versions,
            ErrorReason reason,
            Set<AlertDescription> alerts,
            Scene scene) {
        return new Fault(name, noticedBy, versions, TlsException.class, reason, Optional.empty(), alerts, scene);
    }

    static Fault ofVerification(
            Role noticedBy, TlsVersion version, VerifyCode code, Set<AlertDescription> alerts, Scene scene) {
        return new Fault(
                code.name(),
                noticedBy,
                List.of(version),
                TlsCertificateVerificationException.class,
                ErrorReason.CERTIFICATE_VERIFY_FAILED,
                Optional.of(code),
                alerts,
                scene);
    }

    Fault as(Class<? extends TlsException> exactType) {
        return new Fault(name, noticedBy, versions, exactType, reason, code, alerts, scene);
    }
}
