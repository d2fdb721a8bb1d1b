package io.omnitls.spi;

/** What a context wants its connections' secrets for. Without a use a backend keeps them to itself. */
public enum SecretUse {
    /** Keying material is exported, or a connection is bound to: {@link TlsEngine#exportKeyingMaterial} and tls-unique. */
    EXPORTERS,
    /** The secrets are written down: {@link SecretListener}. */
    KEY_LOG
}
