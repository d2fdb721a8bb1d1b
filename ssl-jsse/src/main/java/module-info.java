/** The OmniTLS provider on the JDK's own JSSE. */
module io.omnitls.jsse {
    requires io.omnitls;
    requires static org.jspecify;

    provides io.omnitls.spi.TlsProvider with
            io.omnitls.jsse.JsseProvider;
}
