package io.omnitls.testkit.net;

import io.omnitls.testkit.net.BioPair.Segmentation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A plain socket that receives in pieces, and whose outgoing stream may end where a test wants it to. */
final class PieceSocket extends Socket {
    private final Segmentation segmentation;

    // Guarded by this.
    private int left = Integer.MAX_VALUE;
    private boolean lost;

    private PieceSocket(Segmentation segmentation) {
        this.segmentation = segmentation;
    }

    private PieceSocket(Segmentation segmentation, int port) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
        this.segmentation = segmentation;
    }

    /** Two connected sockets. */
    static PieceSocket[] connect(Segmentation segmentation) throws IOException {
        PieceSocket accepted = new PieceSocket(segmentation);
        try (Listener listener = new Listener()) {
            PieceSocket connected = new PieceSocket(segmentation, listener.getLocalPort());
            listener.acceptAs(accepted);
            connected.setTcpNoDelay(true);
            accepted.setTcpNoDelay(true);
            return new PieceSocket[] {connected, accepted};
        }
    }

    private static final class Listener extends ServerSocket {
        Listener() throws IOException {
            super(0, 1, InetAddress.getLoopbackAddress());
        }

        void acceptAs(PieceSocket socket) throws IOException {
            implAccept(socket);
        }
    }

    synchronized void cutAfter(int bytes) throws IOException {
        left = bytes;
        if (bytes == 0 && !isOutputShutdown()) {
            shutdownOutput();
        }
    }

    synchronized boolean lost() {
        return lost;
    }

    private synchronized int allowed(int bytes) {
        int allowed = Math.min(bytes, left);
        left -= allowed;
        lost |= allowed < bytes;
        return allowed;
    }

    private synchronized boolean cut() {
        return left == 0;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, segmentation.next()));
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = isOutputShutdown() ? OutputStream.nullOutputStream() : super.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                int allowed = allowed(length);
                if (allowed > 0) {
                    out.write(source, offset, allowed);
                }
                if (cut() && !isOutputShutdown()) {
                    shutdownOutput();
                }
            }
        };
    }
}
