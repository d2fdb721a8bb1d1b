package io.omnitls.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.ExtensionType;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.TlsEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NamedSessionsTest {
    private static final Bytes NONE = Bytes.copyOf(new byte[0]);

    private static EngineFactory factory() {
        return new EngineFactory() { // a new object each time, which a lambda is not
            @Override
            public TlsEngine engine(EngineSpec spec) {
                throw new AssertionError("no engine is wanted");
            }
        };
    }

    private static ClientHello hello(String name, Bytes id, Bytes ticket) {
        return ClientHello.builder()
                .sessionId(id)
                .extensions(List.of(new ClientHello.Extension(ExtensionType.SESSION_TICKET, ticket)))
                .serverName(name)
                .build();
    }

    private record Session(EngineFactory factory, String name, Bytes id, Bytes ticket) {}

    private static Bytes random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    @Property(tries = 300)
    void no_context_that_began_a_session_answers_for_another_name(@ForAll Random random) throws TlsException {
        int capacity = 1 + random.nextInt(8);
        List<EngineFactory> opened = new ArrayList<>(List.of(factory()));
        NamedSessions sessions = new NamedSessions(
                opened.get(0),
                () -> {
                    opened.add(factory());
                    return opened.get(opened.size() - 1);
                },
                capacity);
        List<Session> begun = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String name = "abc".substring(random.nextInt(3)).substring(0, 1) + ".test";
            Optional<Session> offered = begun.isEmpty() || random.nextInt(4) == 0
                    ? Optional.empty()
                    : Optional.of(begun.get(random.nextInt(begun.size())));
            NamedSessions.Home home = sessions.home(hello(
                    name,
                    offered.map(Session::id).orElse(NONE),
                    offered.map(Session::ticket).orElse(NONE)));
            if (offered.isPresent() && home.factory() == offered.get().factory()) {
                assertEquals(offered.get().name(), name, "it would be resumed");
            } else {
                boolean ticket = random.nextBoolean();
                Session session = new Session(
                        home.factory(),
                        name,
                        ticket ? NONE : random(random, 32),
                        ticket ? random(random, 1 + random.nextInt(100)) : NONE);
                home.remember(session.id(), Optional.of(session.ticket()));
                begun.add(session);
                assertSame(
                        home.factory(),
                        sessions.home(hello(name, session.id(), session.ticket()))
                                .factory(),
                        "the latest session is resumed");
            }
        }
        assertTrue(opened.size() <= 2 + begun.size() / capacity, () -> opened.size() + " contexts");
    }

    @Test
    void two_sessions_of_two_contexts_under_another_name_are_refused() throws TlsException {
        NamedSessions sessions = new NamedSessions(factory(), NamedSessionsTest::factory, 10);
        Bytes id = Bytes.copyOf(new byte[32]);
        Bytes ticket = Bytes.copyOf(new byte[] {1, 2, 3});
        NamedSessions.Home first = sessions.home(hello("a", NONE, NONE));
        first.remember(id, Optional.empty());
        NamedSessions.Home second = sessions.home(hello("b", id, NONE));
        assertNotSame(first.factory(), second.factory());
        second.remember(NONE, Optional.of(ticket));
        TlsException refusal = assertThrows(TlsException.class, () -> sessions.home(hello("c", id, ticket)));
        assertTrue(refusal.getMessage().contains("two sessions"), refusal.getMessage());
        assertSame(first.factory(), sessions.home(hello("a", id, NONE)).factory());
        assertSame(second.factory(), sessions.home(hello("B", NONE, ticket)).factory());
    }
}
