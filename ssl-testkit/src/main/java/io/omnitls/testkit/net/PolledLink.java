package io.omnitls.testkit.net;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.TlsBioConnection;
import io.omnitls.TlsChannel;
import io.omnitls.TlsConnection;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsWantWriteException;
import io.omnitls.protocol.Role;
import io.omnitls.testkit.net.BioPair.Segmentation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two ends in memory on one thread, which say when they would have to wait. */
final class PolledLink implements Link {
    private static final int MAX_TURNS = 1_000_000;

    /** A channel does nothing at every third call, so a few turns without a byte are no sign that none will come. */
    private static final int MAX_IDLE_TURNS = 10;

    private final Map<Role, MemoryBio> received = new EnumMap<>(Role.class);
    private final Map<Role, MemoryBio> sent = new EnumMap<>(Role.class);
    private final Map<Role, Integer> left = new EnumMap<>(Role.class);
    private final Map<Role, Boolean> lost = new EnumMap<>(Role.class);
    private final Set<Role> ended = EnumSet.noneOf(Role.class);
    private final Map<Role, TlsConnection> ends = new EnumMap<>(Role.class);
    private final Segmentation segmentation;
    private int carried; // pieces

    private PolledLink(Segmentation segmentation) {
        this.segmentation = segmentation;
        for (Role role : Role.values()) {
            received.put(role, new MemoryBio());
            sent.put(role, new MemoryBio());
            left.put(role, Integer.MAX_VALUE);
            lost.put(role, false);
        }
    }

    static Link overMemory(
            ClientContext client, ServerContext server, ConnectionOptions options, Segmentation segmentation)
            throws TlsException {
        PolledLink link = new PolledLink(segmentation);
        link.ends.put(Role.CLIENT, client.wrapBio(link.received(Role.CLIENT), link.sent(Role.CLIENT), options));
        link.ends.put(Role.SERVER, server.wrapBio(link.received(Role.SERVER), link.sent(Role.SERVER)));
        return link;
    }

    static Link overChannels(
            ClientContext client, ServerContext server, ConnectionOptions options, Segmentation segmentation) {
        PolledLink link = new PolledLink(segmentation);
        link.ends.put(Role.CLIENT, client.wrap(link.channel(Role.CLIENT), options));
        link.ends.put(Role.SERVER, server.wrap(link.channel(Role.SERVER)));
        return link;
    }

    private WireChannel channel(Role role) {
        return new WireChannel(received(role), sent(role), segmentation, 100_000);
    }

    private MemoryBio received(Role role) {
        return of(received, role);
    }

    private MemoryBio sent(Role role) {
        return of(sent, role);
    }

    @Override
    public TlsConnection end(Role role) {
        return of(ends, role);
    }

    private static <T> T of(Map<Role, T> both, Role role) {
        T one = both.get(role);
        if (one == null) {
            throw new AssertionError(role);
        }
        return one;
    }

    @Override
    public BioPair.Outcome handshake() throws IOException {
        Map<Role, TlsException> failures = new EnumMap<>(Role.class);
        for (int turn = 0, idle = 0; turn < MAX_TURNS; turn++) {
            long before = progress();
            for (Role role : Role.values()) {
                if (!failures.containsKey(role)) {
                    attemptHandshake(role).ifPresent(failure -> failures.put(role, failure));
                }
                carry(role);
                if (failures.containsKey(role) && sent(role).pending() == 0) {
                    endTransport(role);
                }
            }
            boolean done = Arrays.stream(Role.values())
                    .allMatch(role -> failures.containsKey(role) || end(role).handshakeComplete());
            idle = progress() == before ? idle + 1 : 0;
            if (done && idle > MAX_IDLE_TURNS) { // the tickets have arrived too
                return new BioPair.Outcome(
                        Optional.ofNullable(failures.get(Role.CLIENT)), Optional.ofNullable(failures.get(Role.SERVER)));
            }
            requireProgress(idle / 2, "the handshake");
        }
        throw new AssertionError("the handshake does not end");
    }

    private Optional<TlsException> attemptHandshake(Role role) throws IOException {
        try {
            end(role).handshake();
        } catch (TlsWantReadException | TlsWantWriteException wait) {
            return Optional.empty();
        } catch (TlsException failure) {
            return Optional.of(failure);
        }
        return Optional.empty();
    }

    /** How many pieces were carried, and how many bytes wait: as long as that changes, something happens. */
    private long progress() {
        int waiting = 0;
        for (Role role : Role.values()) {
            waiting += received(role).pending() + sent(role).pending();
        }
        return (long) carried << 32 | waiting;
    }

    private static void requireProgress(int idle, String operation) {
        if (idle > MAX_IDLE_TURNS) {
            throw new AssertionError(operation + " waits for what nobody sends");
        }
    }

    /** Moves a piece of what an end has sent; false when there was nothing to move. */
    private boolean carry(Role from) throws IOException {
        if (end(from) instanceof TlsChannel channel && channel.isOpen()) {
            ChannelPair.attempt(channel::flush);
        }
        MemoryBio out = sent(from);
        if (out.pending() == 0) {
            return false;
        }
        carried++;
        int allowed = of(left, from);
        byte[] piece = out.read(Math.min(segmentation.next(), out.pending()));
        if (!ended.contains(from)) {
            received(Link.peer(from)).write(Arrays.copyOf(piece, Math.min(piece.length, allowed)));
        }
        if (piece.length > allowed) {
            lost.put(from, true);
        }
        left.put(from, Math.max(0, allowed - piece.length));
        if (of(left, from) == 0) {
            endTransport(from);
        }
        return true;
    }

    private void endTransport(Role from) {
        ended.add(from);
        received(Link.peer(from)).writeEof();
    }

    @Override
    public byte[] send(Role from, byte[] data) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(data);
        ByteBuffer target = ByteBuffer.allocate(data.length);
        for (int turn = 0, idle = 0; turn < MAX_TURNS && (source.hasRemaining() || target.hasRemaining()); turn++) {
            long before = progress();
            int missing = source.remaining() + target.remaining();
            if (source.hasRemaining()) {
                ChannelPair.attempt(() -> end(from).write(source));
            }
            carry(from);
            if (target.hasRemaining()
                    && ChannelPair.attempt(() -> end(Link.peer(from)).read(target))
                                    .orElse(0)
                            < 0) {
                break;
            }
            boolean same = progress() == before && source.remaining() + target.remaining() == missing;
            idle = same ? idle + 1 : 0;
            requireProgress(idle, "the reader");
        }
        return Arrays.copyOf(target.array(), target.position());
    }

    @Override
    public void write(Role from, byte[] data) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(data);
        complete(from, () -> {
            while (source.hasRemaining()) {
                end(from).write(source);
            }
            return 0;
        });
    }

    @Override
    public byte[] read(Role to, int limit) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(limit);
        complete(to, () -> end(to).read(target));
        return Arrays.copyOf(target.array(), target.position());
    }

    @Override
    public void closeOutput(Role from) throws IOException {
        if (end(from) instanceof TlsChannel channel) {
            complete(from, () -> {
                channel.shutdownOutput();
                return 0;
            });
        } else {
            ChannelPair.attempt(
                    () -> { // and goes on to wait for the peer's
                        ((TlsBioConnection) end(from)).unwrap();
                        return 0;
                    });
        }
        while (carry(from)) {
            // Until all is there.
        }
    }

    @Override
    public void unwrap(Role role) throws IOException {
        complete(role, () -> {
            if (end(role) instanceof TlsChannel channel) {
                channel.unwrap();
            } else {
                ((TlsBioConnection) end(role)).unwrap();
            }
            return 0;
        });
    }

    /** Repeats an operation until it does not have to wait any more. */
    private <T> void complete(Role role, ChannelPair.Operation<T> operation) throws IOException {
        int idle = 0;
        for (long before = progress(); ChannelPair.attempt(operation).isEmpty(); before = progress()) {
            carry(role);
            carry(Link.peer(role));
            idle = progress() == before ? idle + 1 : 0;
            requireProgress(idle, "the " + role);
        }
    }

    @Override
    public void cutAfter(Role from, int bytes) throws IOException {
        while (carry(from)) {
            // What was sent before is not meant.
        }
        left.put(from, bytes);
        if (bytes == 0) {
            endTransport(from);
        }
    }

    @Override
    public boolean lost(Role from) {
        return of(lost, from);
    }

    @Override
    public void close() throws IOException {
        for (TlsConnection end : ends.values()) {
            end.close();
        }
    }
}
