package io.omnitls;

import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides, when the ClientHello is known and before anything is answered, who answers it: Python's {@code sni_callback},
 * OpenSSL's {@code SSL_CTX_set_client_hello_cb}.
 *
 * <pre>{@code
 * ServerContext.builder()
 *         .certificateChain(fallback)
 *         .serverNameCallback((hello, asked) -> hello.serverName()
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
     * @param asked which context the client has come to, and on which way
     * @return the decision, never null
     */
    Decision choose(ClientHello hello, Asked asked);

    /**
     * What a client has come to.
     *
     * @param context the one that was asked, and answers with {@link Decision.Proceed}
     * @param localAddress where the server took the connection; empty over memory BIOs, and over channels without addresses
     * @param remoteAddress where the client is, or the last proxy; empty as {@code localAddress}
     */
    record Asked(ServerContext context, Optional<SocketAddress> localAddress, Optional<SocketAddress> remoteAddress) {
        public Asked {
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(localAddress, "localAddress");
            Objects.requireNonNull(remoteAddress, "remoteAddress");
        }
    }

    /** What a {@link ServerNameCallback} decides. */
    sealed interface Decision {

        /** The context that was asked answers. */
        record Proceed() implements Decision {}

        /**
         * Another context answers, with all of its settings: identities, trust, versions, provider. Its own callback is
         * not asked.
         */
        record Use(ServerContext context) implements Decision {
            public Use {
                Objects.requireNonNull(context, "context");
            }
        }

        /**
         * Nobody answers; the client gets this alert.
         *
         * @param alert its code, 0 to 255, which may be one that no document defines, as in Python
         */
        record Refuse(int alert) implements Decision {
            public Refuse {
                if (alert < 0 || alert > 255) {
                    throw new IllegalArgumentException("an alert code is 0 to 255, not " + alert);
                }
            }

            /** With an alert by its name. */
            public Refuse(AlertDescription alert) {
                this(Objects.requireNonNull(alert, "alert").code());
            }
        }
    }
}
