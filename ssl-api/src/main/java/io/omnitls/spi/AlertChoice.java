package io.omnitls.spi;

/** Who makes sure that the peer gets the alert that a verify code calls for. */
public enum AlertChoice {
    /** The backend sends the alert that {@link VerifyFailure#alert()} names, and any that {@link TlsEngine#endWith} is given. */
    BACKEND,
    /**
     * The backend sends an alert of its own choice. The core corrects the record where it is not encrypted (TLS 1.2),
     * and on a TLS 1.3 client, which has sent nothing encrypted yet, puts an unencrypted alert in its place.
     */
    CORE
}
