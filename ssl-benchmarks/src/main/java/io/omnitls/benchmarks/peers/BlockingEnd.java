package io.omnitls.benchmarks.peers;

import io.omnitls.TlsChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** An end of a connection that one thread uses, and that waits. */
public interface BlockingEnd extends Closeable {
    void handshake() throws IOException;

    /** Reads what there is, at least a byte; -1 at the end. */
    int read() throws IOException;

    /** Writes so many bytes. */
    void write(int count) throws IOException;

    /** Over the streams of a socket. */
    static BlockingEnd of(SSLSocket socket, int size) throws IOException {
        byte[] in = new byte[size];
        byte[] out = new byte[size];
        InputStream input = socket.getInputStream();
        OutputStream output = socket.getOutputStream();
        return new BlockingEnd() {
            @Override
            public void handshake() throws IOException {
                socket.startHandshake();
            }

            @Override
            public int read() throws IOException {
                return input.read(in);
            }

            @Override
            public void write(int count) throws IOException {
                output.write(out, 0, count);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    /** Over a channel that blocks. */
    static BlockingEnd of(TlsChannel channel, int size, boolean direct) {
        ByteBuffer in = Scratch.buffer(size, direct);
        ByteBuffer out = Scratch.buffer(size, direct);
        return new BlockingEnd() {
            @Override
            public void handshake() throws IOException {
                channel.handshake();
            }

            @Override
            public int read() throws IOException {
                return channel.read(in.clear());
            }

            @Override
            public void write(int count) throws IOException {
                out.clear().limit(count);
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
