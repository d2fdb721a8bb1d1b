package io.omnitls.cli;

import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import java.util.Optional;

/** What to try, for the failures that have a usual cause. */
final class Advice {
    private Advice() {}

    static Optional<String> of(TlsException failure) {
        if (failure instanceof TlsCertificateVerificationException verification) {
            return of(verification.verifyCode());
        }
        return switch (failure.reason()) {
            case WRONG_VERSION_NUMBER ->
                Optional.of("is it this port? A protocol that begins without TLS is named with --starttls");
            case NO_SHARED_CIPHER, SSLV3_ALERT_HANDSHAKE_FAILURE ->
                Optional.of(
                        "try other --ciphers, or --max TLSv1.2; the peer may also want a client certificate (--cert)");
            case UNSUPPORTED_PROTOCOL, TLSV1_ALERT_PROTOCOL_VERSION ->
                Optional.of("try other --min and --max versions");
            case TLSV13_ALERT_CERTIFICATE_REQUIRED, PEER_DID_NOT_RETURN_A_CERTIFICATE ->
                Optional.of("the client has to show a certificate: --cert and --key");
            case BAD_DECRYPT -> Optional.of("give the right one with --pass-env or --pass-file");
            case KEY_VALUES_MISMATCH -> Optional.of("give the key that the certificate was requested with");
            default -> Optional.empty();
        };
    }

    static Optional<String> of(VerifyCode code) {
        return switch (code) {
            case HOSTNAME_MISMATCH, IP_ADDRESS_MISMATCH ->
                Optional.of("connect by a name that the certificate has, or say which one is meant with --servername");
            case CERT_HAS_EXPIRED -> Optional.of("the server's operator has to renew it");
            case CERT_NOT_YET_VALID -> Optional.of("check this machine's clock");
            case DEPTH_ZERO_SELF_SIGNED_CERT, SELF_SIGNED_CERT_IN_CHAIN ->
                Optional.of("if you know it to be right, trust it with --cafile");
            case UNABLE_TO_GET_ISSUER_CERT, UNABLE_TO_GET_ISSUER_CERT_LOCALLY ->
                Optional.of(
                        "name its authority with --cafile; or the server does not send its intermediate certificates");
            case UNABLE_TO_GET_CRL -> Optional.of("give the issuer's revocation list beside the authorities");
            case EE_KEY_TOO_SMALL, CA_KEY_TOO_SMALL, CA_MD_TOO_WEAK ->
                Optional.of("--ciphers DEFAULT:@SECLEVEL=1 accepts weaker ones");
            default -> Optional.empty();
        };
    }
}
