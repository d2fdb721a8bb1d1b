package io.omnitls.spi;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * The sessions of a client's connection that nobody can resume any more.
 *
 * @param connection the number that the backend was given for them, see {@link StandardEngineFactory#peerPort}
 * @param serverName the name that the connection had for SNI
 * @param sessions what {@link StandardEngine#cachedSession} has given for the connection, and for those that resumed it
 */
public record DroppedSessions(int connection, Optional<String> serverName, List<SSLSession> sessions) {
    public DroppedSessions {
        sessions = List.copyOf(sessions);
    }
}
