package io.countess.door.envoy;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes so many connections and no more; one more is closed before anything of it is read. */
final class BoundedServerChannel extends NioServerSocketChannel {
  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  BoundedServerChannel(int most) {
    this.most = most;
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    int read = super.doReadMessages(accepted);
    if (read <= 0) {
      return read;
    }
    var connection = (Channel) accepted.get(accepted.size() - 1);
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      accepted.remove(accepted.size() - 1);
      connection.unsafe().closeForcibly();
      return 0;
    }
    connection.closeFuture().addListener(closed -> open.decrementAndGet());
    return read;
  }
}
