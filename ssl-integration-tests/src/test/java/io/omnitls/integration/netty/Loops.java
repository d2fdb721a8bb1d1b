package io.omnitls.integration.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The threads of all channels in this process. */
public final class Loops {
    public static final EventLoopGroup SHARED =
            new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("netty", true), NioIoHandler.newFactory());

    private Loops() {}
}
