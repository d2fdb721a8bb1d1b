/**
 * OmniTLS: TLS for Java with one API and a choice of crypto backend.
 *
 * <p>Applications start at {@link io.omnitls.ClientContext} and {@link io.omnitls.ServerContext}; authors of a backend
 * start at {@link io.omnitls.spi}. Depends on {@code java.base} alone.
 */
module io.omnitls {
    // Not transitive: whoever compiles against this module would need the annotations on the module path too.
    requires static org.jspecify;

    exports io.omnitls;
    exports io.omnitls.cert;
    exports io.omnitls.error;
    exports io.omnitls.protocol;
    exports io.omnitls.spi;

    uses io.omnitls.spi.TlsProvider;
}
