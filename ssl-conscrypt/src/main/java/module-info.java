/** The OmniTLS provider on Conscrypt, which is BoringSSL. */
module io.omnitls.conscrypt {
    requires io.omnitls;
    requires java.logging;
    requires org.conscrypt;
    requires static org.jspecify;

    // Conscrypt asks SSLParameters for their named groups by reflection, to work on JDKs whose class has none.
    opens io.omnitls.conscrypt to
            org.conscrypt;

    provides io.omnitls.spi.TlsProvider with
            io.omnitls.conscrypt.ConscryptProvider;
}
