package io.countess.door.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;

/**
 * The connections of a door over TCP: so many and no more. One whose other end is gone or does not
 * read is ended. Handlers are told when nothing comes, so that they can end what is only half sent.
 */
@Sharable
public final class TcpConnections extends ChannelInitializer<SocketChannel> {
  /** An answer that nobody has read after so long is for nobody. */
  private static final int WRITTEN_WITHIN_SECONDS = 30;

  private static final int LOOK_SECONDS = 5;

  /** When nothing has come for so long, TCP asks whether the other end is still there. */
  private static final int PROBE_AFTER_SECONDS = 30;

  private static final int PROBE_EVERY_SECONDS = 10;
  private static final int PROBES = 3;

  /** Above the first no more packets are begun, until there is less than the second. */
  private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(32_000, 96_000);

  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Semaphore places;
  private final byte[] refusal;
  private final Supplier<ChannelHandler> handlers;

  /**
   * @param most how many there may be
   * @param refusal what one more is told before it is closed; empty for nothing
   * @param handlers makes the last handler of each
   */
  public TcpConnections(int most, byte[] refusal, Supplier<ChannelHandler> handlers) {
    this.places = new Semaphore(most);
    this.refusal = refusal.clone();
    this.handlers = handlers;
  }

  /** How many are open. */
  public int size() {
    return open.size();
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    if (!places.tryAcquire()) {
      channel
          .writeAndFlush(Unpooled.wrappedBuffer(refusal))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    channel.closeFuture().addListener(closed -> places.release());
    open.add(channel);
    channel.config().setTcpNoDelay(true).setKeepAlive(true).setWriteBufferWaterMark(UNSENT);
    probe(channel);
    channel
        .pipeline()
        .addLast(new WriteTimeoutHandler(WRITTEN_WITHIN_SECONDS))
        .addLast(new IdleStateHandler(LOOK_SECONDS, 0, 0, TimeUnit.SECONDS))
        .addLast(handlers.get());
  }

  private static void probe(SocketChannel channel) {
    set(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), PROBE_AFTER_SECONDS);
    set(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), PROBE_EVERY_SECONDS);
    set(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
  }

  /** Where the system does not know the option, its own times hold. */
  private static void set(SocketChannel channel, ChannelOption<Integer> option, int value) {
    if (channel.config().getOptions().containsKey(option)) {
      channel.config().setOption(option, value);
    }
  }

  /** Ends all, each after what is being written to it. */
  public void close(Duration atMost) {
    for (Channel channel : open) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
    open.newCloseFuture().awaitUninterruptibly(atMost.toMillis());
    open.close().awaitUninterruptibly(atMost.toMillis());
  }
}
