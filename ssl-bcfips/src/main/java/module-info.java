/** The OmniTLS provider on the Bouncy Castle FIPS module (BC-FIPS) and its TLS library. */
module io.omnitls.bcfips {
    requires io.omnitls;
    requires java.logging;
    requires org.bouncycastle.fips.core;
    requires org.bouncycastle.fips.tls;
    requires static org.jspecify;

    provides io.omnitls.spi.TlsProvider with
            io.omnitls.bcfips.BcFipsProvider;
}
