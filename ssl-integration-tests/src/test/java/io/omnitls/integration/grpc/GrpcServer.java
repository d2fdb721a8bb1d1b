package io.omnitls.integration.grpc;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.omnitls.integration.netty.JdkContexts;
import io.omnitls.integration.netty.Loops;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** A server of gRPC over Netty. */
final class GrpcServer implements ServerUse {
    @Override
    public Running start(ServerContext context) throws Exception {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .bossEventLoopGroup(Loops.SHARED)
                .workerEventLoopGroup(Loops.SHARED)
                .channelType(NioServerSocketChannel.class)
                .executor(ForkJoinPool.commonPool())
                .sslContext(JdkContexts.of(context, "h2"))
                .addService(ServerServiceDefinition.builder("Hello")
                        .addMethod(Hello.METHOD, GrpcServer::answer)
                        .build())
                .build()
                .start();
        return new Running(
                server.getPort(), () -> server.shutdownNow().awaitTermination(Deadline.SECONDS, TimeUnit.SECONDS));
    }

    private static ServerCall.Listener<String> answer(ServerCall<String, String> call, Metadata headers) {
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(String message) {
                String peer = Peers.name(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
                call.sendHeaders(new Metadata());
                call.sendMessage(Cargo.answer(peer, message));
                call.close(Status.OK, new Metadata());
            }
        };
    }
}
