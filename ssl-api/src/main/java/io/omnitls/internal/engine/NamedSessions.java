package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.ExtensionType;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.spi.EngineFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Under which name a server's sessions of TLS 1.2 are resumed: under the one that they began with and no other (RFC 6066
 * section 3), because who is trusted may depend on it. In TLS 1.3 the name is no part of a session (RFC 8446 section 4.6.1).
 *
 * <p>No backend can be told to leave out one session. So a hello that offers a session of another name is answered by an engine
 * of another of the backend's contexts, to which it is a stranger's; that makes a full handshake, and one from which a session
 * comes. There are two such contexts at most, and each session that one has begun is remembered for as long as the context is
 * there: of one that was forgotten nobody could tell the name. A context that has begun as many as can be remembered is followed
 * by a new one, and let go when that is full too, as a server does that changes the key of its tickets. Thread-safe.
 */
public final class NamedSessions {
    /** The size of OpenSSL's session cache. A session takes some 200 bytes here. */
    private static final int CAPACITY = 20_480;

    /** Opens another of the backend's contexts, with the same settings. */
    public interface Opener {
        /** Opens it. */
        EngineFactory open() throws TlsException;
    }

    private final EngineFactory first;
    private final Opener opener;
    private final int capacity;
    private Begun current; // guarded by this
    private @Nullable Begun other; // guarded by this; the one before, or a first one for those who ask for another name

    /** Begins with a context that is open, and belongs to somebody else: its sessions are not counted here. */
    public NamedSessions(EngineFactory first, Opener opener) {
        this(first, opener, CAPACITY);
    }

    NamedSessions(EngineFactory first, Opener opener, int capacity) {
        this.first = first;
        this.opener = opener;
        this.capacity = capacity;
        this.current = new Begun(first);
    }

    /** The sessions that one context has begun, and the names that they began with. */
    private static final class Begun {
        private final EngineFactory factory;
        private final Map<Bytes, String> names = new HashMap<>();

        Begun(EngineFactory factory) {
            this.factory = factory;
        }

        boolean beganAny(List<Bytes> offered) {
            for (Bytes session : offered) {
                if (names.containsKey(session)) {
                    return true;
                }
            }
            return false;
        }

        /** None of them began here under another name. */
        boolean allowed(List<Bytes> offered, String name) {
            for (Bytes session : offered) {
                if (!name.equals(names.getOrDefault(session, name))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Where the sessions of one connection are. */
    public final class Home {
        private final Begun begun;
        private final String name;

        private Home(Begun begun, String name) {
            this.begun = begun;
            this.name = name;
        }

        /** Whose engine answers the hello. */
        public EngineFactory factory() {
            return begun.factory;
        }

        /**
         * Remembers what a client can resume this connection by. To be called before the client can have it.
         *
         * @param id the session's id; no bytes for none
         * @param ticket a new ticket, if one is sent
         */
        void remember(Bytes id, Optional<Bytes> ticket) {
            synchronized (NamedSessions.this) {
                if (id.size() > 0) {
                    begun.names.putIfAbsent(id, name);
                }
                ticket.filter(bytes -> bytes.size() > 0).ifPresent(bytes -> begun.names.putIfAbsent(mac(bytes), name));
            }
        }
    }

    /**
     * Where the session that {@code hello} offers may be resumed, if it may; where it is not known otherwise.
     *
     * @throws TlsException when another context is needed and cannot be opened, or when the hello offers two sessions of two
     *     contexts, and neither under its name
     */
    public synchronized Home home(ClientHello hello) throws TlsException {
        String name = hello.serverName().orElse("").toLowerCase(Locale.ROOT);
        List<Bytes> offered = offered(hello);
        if (full(current)) {
            Begun next = notFull();
            other = current;
            current = next;
        }
        Begun known = other != null && other.beganAny(offered) ? other : current;
        if (known.allowed(offered, name)) {
            return new Home(known, name);
        }
        Begun stranger = known == current ? notFull() : current;
        if (!stranger.allowed(offered, name)) {
            throw Refusal.of(
                    ErrorReason.BAD_DATA,
                    AlertDescription.ILLEGAL_PARAMETER,
                    "the client offers two sessions, and both began under other server names");
        }
        return new Home(stranger, name);
    }

    private boolean full(Begun begun) {
        return begun.names.size() >= capacity;
    }

    private Begun notFull() throws TlsException {
        if (other == null || full(other)) {
            other = new Begun(opener.open());
        }
        return other;
    }

    /** What the client may resume a session by, in whichever way the backend goes. */
    private static List<Bytes> offered(ClientHello hello) {
        List<Bytes> offered = new ArrayList<>(2);
        if (hello.sessionId().size() > 0) {
            offered.add(hello.sessionId());
        }
        hello.extension(ExtensionType.SESSION_TICKET)
                .map(extension -> extension.data())
                .filter(ticket -> ticket.size() > 0)
                .ifPresent(ticket -> offered.add(mac(ticket)));
        return offered;
    }

    /**
     * The end of a ticket, where its message authentication code is (RFC 5077 section 4): no two that a server takes are
     * equal there. A ticket of SunJSSE has the client's certificates in it, and so some kilobytes.
     */
    private static Bytes mac(Bytes ticket) {
        return ticket.size() <= MAC ? ticket : Bytes.copyOf(ticket.toByteArray(), ticket.size() - MAC, ticket.size());
    }

    private static final int MAC = 32;

    /** How many sessions are kept now by contexts other than the first, as far as the backend tells. */
    public synchronized int cachedSessions() {
        return kept(current) + (other == null ? 0 : kept(other));
    }

    private int kept(Begun begun) {
        return begun.factory == first ? 0 : begun.factory.cachedSessions();
    }
}
