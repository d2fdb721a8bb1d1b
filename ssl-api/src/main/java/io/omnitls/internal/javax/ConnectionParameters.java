package io.omnitls.internal.javax;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection, or of those that are accepted next, as the setters of {@code javax.net.ssl} say them. What a
 * setter cannot do is refused, and nothing was changed then.
 */
public interface ConnectionParameters {
    String[] supportedCipherSuites();

    String[] cipherSuites();

    void cipherSuites(String[] suites);

    String[] supportedProtocols();

    String[] protocols();

    void protocols(String[] protocols);

    boolean clientMode();

    void clientMode(boolean client);

    boolean needClientAuth();

    void needClientAuth(boolean need);

    boolean wantClientAuth();

    void wantClientAuth(boolean want);

    void sessionCreation(boolean enabled);

    /** What is in force. */
    SSLParameters shown();

    /** Sets all that {@code wanted} says. */
    void change(SSLParameters wanted);

    /** Lets a server ask which of the client's application protocols it is to be; empty for the one that it prefers itself. */
    void selector(Optional<Function<List<String>, @Nullable String>> selector);
}
