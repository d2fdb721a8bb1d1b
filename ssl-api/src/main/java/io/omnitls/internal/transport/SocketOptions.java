package io.omnitls.internal.transport;

import io.omnitls.internal.android.NotOnAndroid;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Set;

/**
 * The options that {@link Socket} has methods for since Java 9, and on Android since API level 33. Where it has none, nobody
 * can call those of ours by them, and so nothing comes here.
 */
@NotOnAndroid
public final class SocketOptions {
    private SocketOptions() {}

    public static <T> void set(Socket socket, SocketOption<T> name, T value) throws IOException {
        socket.setOption(name, value);
    }

    public static <T> T get(Socket socket, SocketOption<T> name) throws IOException {
        return socket.getOption(name);
    }

    public static Set<SocketOption<?>> supported(Socket socket) {
        return socket.supportedOptions();
    }
}
