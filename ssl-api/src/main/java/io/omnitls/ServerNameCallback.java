package io.omnitls;

import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;

/**
 * Decides, when the ClientHello is known and before anything is answered, who answers it: Python's {@code sni_callback},
 * OpenSSL's {@code SSL_CTX_set_client_hello_cb}.
 *
 * <pre>{@code
 * ServerContext.builder()
 *         .certificateChain(fallback)
 *         .serverNameCallback(hello -> hello.serverName()
 *                 .map(contexts::get)
 *                 .<Decision>map(Decision.Use::new)
 *                 .orElseGet(() -> new Decision.Refuse(AlertDescription.UNRECOGNIZED_NAME)))
 * }</pre>
 *
 * <p>Called on the thread that drives the handshake, for several connections at a time; it should not wait. What it
 * throws ends that connection with handshake_failure, and reaches the server as the cause of a TlsException with the
 * reason CALLBACK_FAILED.
 */
@FunctionalInterface
public interface ServerNameCallback {

    /**
     * Who answers {@code hello}.
     *
     * @param hello what the client said, decoded and {@linkplain ClientHello#raw as sent}: its name for the server,
     *     protocols, versions, suites, groups, every extension, and its {@linkplain ClientHello#ja4 fingerprint}. It
     *     takes some kilobytes, and megabytes from a hostile client: keep what you need of it rather than all
     * @return the decision, never null
     */
    Decision choose(ClientHello hello);

    /** What a {@link ServerNameCallback} decides. */
    sealed interface Decision {

        /** The context that was asked answers. */
        record Proceed() implements Decision {}

        /**
         * Another context answers, with all of its settings: identities, trust, versions, provider. Its own callback is
         * not asked.
         */
        record Use(ServerContext context) implements Decision {}

        /** Nobody answers; the client gets this alert. */
        record Refuse(AlertDescription alert) implements Decision {}
    }
}
