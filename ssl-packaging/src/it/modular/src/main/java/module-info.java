/** An application that needs TLS and asks for nothing else. */
module com.example.app {
    requires io.omnitls;
}
