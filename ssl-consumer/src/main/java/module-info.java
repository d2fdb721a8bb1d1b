/** An application that needs TLS and asks for nothing else. */
module io.omnitls.consumer {
    requires io.omnitls;
}
