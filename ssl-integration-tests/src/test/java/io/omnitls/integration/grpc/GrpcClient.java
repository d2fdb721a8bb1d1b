package io.omnitls.integration.grpc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.netty.JdkContexts;
import io.omnitls.integration.netty.Loops;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A client of gRPC over Netty. */
final class GrpcClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws IOException {
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", port)
                .eventLoopGroup(Loops.SHARED)
                .channelType(NioSocketChannel.class)
                .sslContext(JdkContexts.of(context, "h2"))
                .build();
        try {
            return Cargo.peer(ClientCalls.blockingUnaryCall(
                    channel,
                    Hello.METHOD,
                    CallOptions.DEFAULT.withDeadlineAfter(Deadline.SECONDS, TimeUnit.SECONDS),
                    Cargo.TEXT));
        } finally {
            channel.shutdownNow();
        }
    }
}
