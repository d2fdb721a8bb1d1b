/** The {@code tls} command. */
module io.omnitls.cli {
    requires io.omnitls;
    requires info.picocli;
    requires io.omnitls.forge;
    requires java.logging;
    requires jdk.management;
    requires static org.jspecify;

    opens io.omnitls.cli to
            info.picocli;
}
