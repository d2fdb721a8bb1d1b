import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.omnitls.ServerContext;
import io.omnitls.cert.Credentials;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** NettyEcho PORT CERTIFICATE KEY: Netty says back what it hears. */
public class NettyEcho {
    public static void main(String[] arguments) throws Exception {
        ServerContext context =
                ServerContext.createDefault(Credentials.pem(Path.of(arguments[1]), Path.of(arguments[2])));
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        ExecutorService handshakes = Executors.newFixedThreadPool(4);      // where the work of handshakes is done
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new SslHandler(context.sslEngine(), handshakes), new Echo());
                    }
                })
                .bind(Integer.parseInt(arguments[0]))
                .sync()
                .channel();
        System.out.println("listening on port " + ((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            System.out.println(cause.getMessage());
            context.close();
        }
    }
}
