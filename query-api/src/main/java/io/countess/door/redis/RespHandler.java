package io.countess.door.redis;

import io.countess.door.Floor;
import io.countess.door.net.Patience;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection in their order, many at a time: {@link Turns} says which
 * may be under way together.
 *
 * <p>What has come is cut into requests only as far as there is room for answers, and no more is
 * read before that is used up. So a connection holds at most one buffer, one request that has
 * begun, and {@link #MOST_UNDER_WAY} others with their replies. All of it runs on the connection's
 * event loop. Replies that are there together are written together.
 */
final class RespHandler extends ChannelDuplexHandler {
  /**
   * How long one may be silent who has not logged in, and how long a request may take. Others may
   * be silent for ever.
   */
  static final Patience.Limits LIMITS =
      new Patience.Limits(Duration.ofMinutes(1), Duration.ofSeconds(30));

  private static final Logger LOG = LoggerFactory.getLogger(RespHandler.class);
  private static final int MOST_UNDER_WAY = 256;

  private final Desk desk;
  private final Sessions sessions;
  private final Floor door;
  private final Patience patience;
  private final RequestParser parser = new RequestParser();
  private final Turns turns = new Turns();
  private final ReplyBuffer replies = new ReplyBuffer();
  private final Deque<ByteBuf> unread = new ArrayDeque<>();

  /** Those that wait for their answers, or for the answers of those before them. */
  private final Deque<Place> places = new ArrayDeque<>();

  private ChannelHandlerContext context;
  private Floor floor;
  private Session session;
  private Desk.Request next;
  private boolean isPumping;
  private boolean isToBeSent;
  private boolean hasEnded;

  RespHandler(Desk desk, Sessions sessions, Floor door, Patience patience) {
    this.desk = desk;
    this.sessions = sessions;
    this.door = door;
    this.patience = patience;
  }

  /** Of a request among those before and after it. */
  private static final class Place {
    private final int protocol;
    private Optional<Reply> reply = Optional.empty();

    Place(int protocol) {
      this.protocol = protocol;
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    floor = door.on(added.channel().eventLoop());
    session =
        sessions.open(
            new Session.Peers(
                text(added.channel().remoteAddress()), text(added.channel().localAddress())));
  }

  private static String text(SocketAddress address) {
    return address instanceof InetSocketAddress it
        ? it.getAddress().getHostAddress() + ":" + it.getPort()
        : "?:0";
  }

  @Override
  public void channelRead(ChannelHandlerContext same, Object bytes) {
    patience.read();
    if (session.isEnding()) {
      ((ByteBuf) bytes).release();
      return;
    }
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
    } else if (event instanceof IdleStateEvent && places.isEmpty()) {
      if (isLate() || patience.isSilent() && session.caller().isEmpty()) {
        var unused = context.close();
      }
    }
  }

  private boolean isLate() {
    return parser.hasBegun() && patience.isLate();
  }

  /** Whoever sends no more still gets the answers to what was sent. */
  private void closeAtEnd() {
    if ((hasEnded || session.isEnding()) && places.isEmpty() && next == null) {
      write();
      var unused =
          context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** At the end of the door, too: what is answered is sent before. */
  @Override
  public void close(ChannelHandlerContext same, ChannelPromise promise) {
    if (replies.isEmpty()) {
      var unused = context.close(promise);
      return;
    }
    context
        .writeAndFlush(Unpooled.wrappedBuffer(replies.drain()))
        .addListener(
            sent -> {
              var unused = context.close(promise);
            });
  }

  /** What was under way is decided all the same; nobody is told. */
  @Override
  public void channelInactive(ChannelHandlerContext same) {
    releaseUnread();
    next = null;
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext same) {
    sessions.close(session);
    releaseUnread();
  }

  private void releaseUnread() {
    unread.forEach(ByteBuf::release);
    unread.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext same, Throwable failure) {
    LOG.debug("a connection broke", failure);
    var unused = context.close();
  }

  /** Begins as many requests as may be under way. */
  private void pump() {
    if (isPumping) {
      return;
    }
    isPumping = true;
    next = next == null ? cut() : next;
    while (next != null && mayBegin(next)) {
      Desk.Request request = next;
      next = null;
      begin(request);
      next = cut();
    }
    isPumping = false;
    context.channel().config().setAutoRead(next == null && context.channel().isWritable());
    closeAtEnd();
  }

  /** The next request of what has come; null where it does not end there. */
  private Desk.Request cut() {
    try {
      Args args = session.isEnding() ? null : parsed();
      while (args == null && !unread.isEmpty() && !session.isEnding()) {
        feed(unread.remove());
        args = parsed();
      }
      return args == null ? null : desk.request(args, session);
    } catch (ProtocolException broken) {
      refuse(broken);
      return null;
    }
  }

  private Args parsed() throws ProtocolException {
    boolean wasNew = !parser.hasBegun();
    parser.known(session.caller().isPresent());
    Args args = parser.next();
    if (wasNew || args != null) {
      patience.begun();
    }
    return args;
  }

  private void feed(ByteBuf bytes) {
    if (!parser.hasBegun()) {
      patience.begun();
    }
    int size = bytes.readableBytes();
    bytes.readBytes(parser.room(size), parser.end(), size);
    parser.took(size);
    bytes.release();
  }

  /** Says what is wrong, after the replies to what came before, and ends. */
  private void refuse(ProtocolException broken) {
    session.end();
    releaseUnread();
    var place = new Place(session.protocol());
    places.add(place);
    answered(place, new Reply.Failure(Args.bytes("ERR " + broken.getMessage())));
  }

  private boolean mayBegin(Desk.Request request) {
    return places.size() < MOST_UNDER_WAY
        && context.channel().isWritable()
        && turns.allow(request.effect(), request.keys());
  }

  private void begin(Desk.Request request) {
    turns.begin(request.effect(), request.keys());
    var answer = desk.answer(request, session, floor);
    var place = new Place(session.protocol());
    places.add(place);
    var unused =
        answer.thenAccept(
            reply ->
                inLoop(
                    () -> {
                      turns.end(request.effect(), request.keys());
                      answered(place, reply);
                    }));
  }

  private void inLoop(Runnable then) {
    if (context.channel().eventLoop().inEventLoop()) {
      then.run();
    } else {
      context.channel().eventLoop().execute(then);
    }
  }

  private void answered(Place place, Reply reply) {
    place.reply = Optional.of(reply);
    while (!places.isEmpty() && places.peek().reply.isPresent()) {
      Place first = places.remove();
      first.reply.get().write(replies.in(first.protocol));
    }
    sendSoon();
    pump();
  }

  /** Together with the replies that are on their way to this thread already. */
  private void sendSoon() {
    if (!isToBeSent && !replies.isEmpty()) {
      isToBeSent = true;
      context.channel().eventLoop().execute(this::send);
    }
  }

  private void send() {
    isToBeSent = false;
    write();
    pump();
  }

  private void write() {
    if (!replies.isEmpty()) {
      var unused = context.writeAndFlush(Unpooled.wrappedBuffer(replies.drain()));
    }
  }
}
