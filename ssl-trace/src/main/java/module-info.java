/** What becomes of the connections of OmniTLS, for {@link System.Logger} and JDK Flight Recorder. */
module io.omnitls.trace {
    requires transitive io.omnitls;
    requires jdk.jfr;
    requires static org.jspecify;

    exports io.omnitls.trace;
}
