package io.countess.door.dracula;

import io.countess.door.Floor;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each datagram by itself, as soon as its answer is there. */
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);

  /** What the names of a list may take, for it to fit into one datagram over IPv4. */
  private static final int MAX_LIST_BYTES = 65_507 - Packet.DATA_AT;

  private final PacketDesk desk;
  private final Floor door;
  private Floor floor;

  UdpHandler(PacketDesk desk, Floor door) {
    this.desk = desk;
    this.door = door;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    floor = door.on(context.channel().eventLoop());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    var packet = Packet.ofDatagram(ByteBufUtil.getBytes(datagram.content()));
    InetSocketAddress sender = datagram.sender();
    var unused =
        desk.answer(packet, floor, MAX_LIST_BYTES)
            .thenAccept(reply -> send(context, reply, sender));
  }

  private static void send(ChannelHandlerContext context, Reply reply, InetSocketAddress to) {
    if (reply.bytes().isEmpty()) {
      reply.sent().run();
      return;
    }
    var datagram = new DatagramPacket(Unpooled.wrappedBuffer(reply.bytes().get()), to);
    context.writeAndFlush(datagram).addListener(written -> reply.sent().run());
  }

  /** Takes nothing in while what goes out waits in memory. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  /** One datagram that can't be read or sent is no reason to close the port. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    LOG.debug("a datagram was lost", failure);
  }
}
