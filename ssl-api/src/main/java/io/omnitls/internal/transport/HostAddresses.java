package io.omnitls.internal.transport;

import io.omnitls.internal.engine.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The addresses of a host, in the order that the system gives them (RFC 6724). A name often has one that nobody answers:
 * IPv6 without a route, or a machine that is down.
 *
 * @param host for messages
 */
public record HostAddresses(String host, List<InetAddress> addresses, int port) {
    public HostAddresses {
        addresses = List.copyOf(addresses);
    }

    /** What one address answered. */
    private record Refusal(InetAddress address, IOException answer) {
        @Override
        public String toString() {
            return address.getHostAddress() + ": " + answer.getMessage();
        }
    }

    /** Asks the system for the addresses of {@code host}, which may be one itself. */
    public static HostAddresses of(String host, int port) throws UnknownHostException {
        return new HostAddresses(host, Arrays.asList(InetAddress.getAllByName(host)), port);
    }

    /**
     * A socket to the first address that accepts, tried one after the other.
     *
     * @param deadline for all of them together
     * @throws IOException when none accepts; the message says what each answered
     */
    public Socket connect(Deadline deadline) throws IOException {
        List<Refusal> refusals = new ArrayList<>();
        for (InetAddress address : addresses) {
            try {
                int left = deadline.remainingMillis();
                // One that is silent must leave time for those behind it.
                return connect(address, left == 0 ? 0 : Math.max(1, left / (addresses.size() - refusals.size())));
            } catch (IOException answer) {
                refusals.add(new Refusal(address, answer));
            }
        }
        throw failure(refusals);
    }

    private Socket connect(InetAddress address, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), timeoutMillis);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private IOException failure(List<Refusal> refusals) {
        String message = "cannot connect to " + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + " ("
                + refusals.stream().map(Refusal::toString).collect(Collectors.joining("; ")) + ")";
        IOException failure = ofTheirKind(refusals, message);
        failure.initCause(refusals.get(0).answer());
        refusals.stream().skip(1).map(Refusal::answer).forEach(failure::addSuppressed);
        return failure;
    }

    /** What callers of {@link Socket#connect} catch, where all addresses answered alike. */
    private static IOException ofTheirKind(List<Refusal> refusals, String message) {
        if (refusals.stream().allMatch(refusal -> refusal.answer() instanceof SocketTimeoutException)) {
            return new SocketTimeoutException(message);
        }
        return refusals.stream().allMatch(refusal -> refusal.answer() instanceof NoRouteToHostException)
                ? new NoRouteToHostException(message)
                : new ConnectException(message);
    }
}
