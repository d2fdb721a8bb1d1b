/**
 * OmniTLS: TLS for Java with one API and a choice of crypto backend.
 *
 * <p>Applications start at {@link io.omnitls.ClientContext} and {@link io.omnitls.ServerContext}; authors of a backend
 * start at {@link io.omnitls.spi}. Depends on {@code java.base} alone.
 */
module io.omnitls {
    requires static transitive org.jspecify;

    exports io.omnitls;
    exports io.omnitls.cert;
    exports io.omnitls.error;
    exports io.omnitls.protocol;
    exports io.omnitls.spi;

    uses io.omnitls.spi.TlsProvider;
}
