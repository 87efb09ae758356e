package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.countess.door.Floor;
import io.countess.door.net.Patience;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the packets of one connection in their order, many at a time. Puts may be under way
 * together, and so may questions; but a question begins only when the puts before it have ended,
 * and a put when the questions before it have: so each sees what it would if they came one by one.
 *
 * <p>What has come is cut into packets only as far as there is room for answers, and no more is
 * read before that is used up: so a connection holds at most one buffer, and {@link
 * #MOST_UNDER_WAY} packets with their replies. All of it runs on the connection's event loop.
 */
final class TcpHandler extends ChannelInboundHandlerAdapter {
  /** How long a connection may be silent between packets, and how long a packet may take. */
  static final Patience.Limits LIMITS =
      new Patience.Limits(Duration.ofMinutes(10), Duration.ofSeconds(30));

  private static final Logger LOG = LoggerFactory.getLogger(TcpHandler.class);
  private static final int MOST_UNDER_WAY = 64;
  private static final byte[] END = "\n.\n".getBytes(US_ASCII);

  private final PacketDesk desk;
  private final Floor door;
  private final Patience patience;
  private final StreamPackets stream = new StreamPackets();
  private final Deque<ByteBuf> unread = new ArrayDeque<>();

  /** Those that wait for their answers, or for the answers of those before them. */
  private final Deque<Place> places = new ArrayDeque<>();

  private ChannelHandlerContext context;
  private Floor floor;
  private Packet next;
  private Packet found;
  private boolean isPumping;
  private boolean hasEnded;

  TcpHandler(PacketDesk desk, Floor door, Patience patience) {
    this.desk = desk;
    this.door = door;
    this.patience = patience;
  }

  /** Of a packet among those before and after it. */
  private static final class Place {
    private final boolean puts;
    private Optional<Reply> reply = Optional.empty();

    Place(boolean puts) {
      this.puts = puts;
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    floor = door.on(added.channel().eventLoop());
  }

  @Override
  public void channelRead(ChannelHandlerContext same, Object bytes) {
    patience.read();
    unread.add((ByteBuf) bytes);
    if (isLate()) {
      var unused = context.close();
    }
    pump();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext same) {
    pump();
    context.fireChannelWritabilityChanged();
  }

  /** The end of what comes, or that nothing is read: that again and again. */
  @Override
  public void userEventTriggered(ChannelHandlerContext same, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      hasEnded = true;
      closeAtEnd();
      return;
    }
    boolean isIdle = event instanceof IdleStateEvent && places.isEmpty();
    if (isIdle && (patience.isSilent() || isLate())) {
      var unused = context.close();
    }
  }

  /** Whoever sends no more still gets the answers to what was sent. */
  private void closeAtEnd() {
    if (hasEnded && places.isEmpty()) {
      var unused =
          context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private boolean isLate() {
    return stream.hasBegun() && patience.isLate();
  }

  /** What was under way is decided all the same; nobody is told. */
  @Override
  public void channelInactive(ChannelHandlerContext same) {
    unread.forEach(ByteBuf::release);
    unread.clear();
    next = null;
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext same, Throwable failure) {
    LOG.debug("a connection broke", failure);
    var unused = context.close();
  }

  /** Begins as many packets as may be under way. */
  private void pump() {
    if (isPumping) {
      return;
    }
    isPumping = true;
    next = next == null ? cut() : next;
    while (next != null && mayBegin(next)) {
      begin(next);
      next = cut();
    }
    isPumping = false;
    context.channel().config().setAutoRead(next == null && context.channel().isWritable());
  }

  /** The next packet of what has come; null where it does not end there. */
  private Packet cut() {
    found = null;
    while (found == null && !unread.isEmpty()) {
      ByteBuf bytes = unread.peek();
      boolean isNew = !stream.hasBegun();
      int end = bytes.forEachByte(this::isInside);
      if (end < 0) {
        unread.remove().release();
      } else {
        bytes.readerIndex(end + 1);
      }
      if (isNew || found != null) {
        patience.begun();
      }
    }
    return found;
  }

  private boolean isInside(byte next) {
    found = stream.take(next);
    return found == null;
  }

  private boolean mayBegin(Packet packet) {
    boolean isTurn =
        places.isEmpty()
            || places.size() < MOST_UNDER_WAY && places.peekLast().puts == isPut(packet);
    return isTurn && context.channel().isWritable();
  }

  private static boolean isPut(Packet packet) {
    return packet.verb() == Verb.PUT || packet.verb() == Verb.REPLICATED;
  }

  private void begin(Packet packet) {
    var place = new Place(isPut(packet));
    places.add(place);
    var unused =
        desk.answer(packet, floor, Lists.MAX_BYTES).thenAccept(reply -> answered(place, reply));
  }

  private void answered(Place place, Reply reply) {
    if (!context.channel().eventLoop().inEventLoop()) {
      context.channel().eventLoop().execute(() -> answered(place, reply));
      return;
    }
    place.reply = Optional.of(reply);
    boolean wrote = false;
    while (!places.isEmpty() && places.peek().reply.isPresent()) {
      write(places.remove().reply.get());
      wrote = true;
    }
    if (wrote) {
      context.flush();
      pump();
      closeAtEnd();
    }
  }

  private void write(Reply reply) {
    if (reply.bytes().isEmpty()) {
      reply.sent().run();
      return;
    }
    context
        .write(Unpooled.wrappedBuffer(reply.bytes().get(), END))
        .addListener((ChannelFutureListener) written -> reply.sent().run());
  }
}
