package io.countess.door.dracula;

import io.countess.door.Access;
import io.countess.door.Admission;
import io.countess.door.Caller;
import io.countess.door.DoorMeters;
import io.countess.door.DoorOutcome;
import io.countess.door.Floor;
import io.countess.door.Told;
import io.countess.event.ByteString;
import io.countess.query.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers packets, however they came: checks them, lets them in, and puts replies together. */
final class PacketDesk {
  private static final Logger LOG = LoggerFactory.getLogger(PacketDesk.class);

  /** Packets hold no API key; whoever has the secret may count everything, and set no policy. */
  static final Caller CALLER =
      new Caller(
          "the Dracula door",
          Map.of(Access.READ, Optional.empty(), Access.WRITE, Optional.empty()));

  private static final long MAX_COUNT = 0xFFFF_FFFFL;

  private final Seal seal;
  private final Command.Ack ack;
  private final Admission admission;
  private final DoorMeters meters;
  private final Lists lists;

  /** Whoever takes a request out of it is the one who answers it. */
  private final Set<Request> underWay = ConcurrentHashMap.newKeySet();

  /** Places of replies that are not written yet; those of requests are given back before. */
  private final Admission unwritten = new Admission(Integer.MAX_VALUE);

  PacketDesk(DraculaConfig config, Admission admission, DoorMeters meters, Lists lists) {
    this.seal = config.seal();
    this.ack = config.ack();
    this.admission = admission;
    this.meters = meters;
    this.lists = lists;
  }

  /** A request that was let in, until there is a reply. */
  private static final class Request {
    private final Packet packet;
    private final long start = System.nanoTime();
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    Request(Packet packet) {
      this.packet = packet;
    }
  }

  /**
   * Answers a packet. The stage never fails.
   *
   * @param floor whose ports complete where the reply is to be written
   * @param maxList how many bytes a list may have
   */
  CompletionStage<Reply> answer(Packet packet, Floor floor, int maxList) {
    var request = new Request(packet);
    Optional<Told<byte[]>> refused = refusal(packet);
    if (refused.isPresent()) {
      return CompletableFuture.completedStage(told(request, refused.get(), PacketDesk::nothing));
    }
    unwritten.enter();
    underWay.add(request);
    dispatch(request, new Asked(floor, CALLER), maxList);
    return request.reply;
  }

  /**
   * Tells all who still wait that nobody can say what became of their requests, and waits until
   * replies are written, or time is up.
   */
  void cutOff(Duration atMost) throws InterruptedException {
    for (Request request : List.copyOf(underWay)) {
      if (underWay.remove(request)) {
        request.reply.complete(reply(request.packet, stopped(request.packet), unwritten::leave));
      }
    }
    unwritten.close(atMost);
  }

  private static Told<byte[]> stopped(Packet packet) {
    return packet.verb() == Verb.PUT
        ? Told.error(
            DoorOutcome.UNKNOWN, "it may have been done, or not: the server stopped before it knew")
        : Told.error(DoorOutcome.UNAVAILABLE, "the server stopped before it could answer");
  }

  /** Why a packet is not let in, if it is not; else it has a place from now on. */
  private Optional<Told<byte[]>> refusal(Packet packet) {
    Optional<String> fault = packet.fault();
    if (fault.isPresent()) {
      return Optional.of(Told.error(DoorOutcome.INVALID, fault.get()));
    } else if (!seal.isOn(packet)) {
      return Optional.of(Told.error(DoorOutcome.FORBIDDEN, "auth failed: packet hash invalid"));
    } else if (packet.verb() == Verb.RESERVED) {
      return Optional.of(Told.error(DoorOutcome.INVALID, "unknown_command_" + packet.letter()));
    } else if (!admission.enter()) {
      String why =
          admission.isClosed()
              ? "the server is stopping; nothing was done"
              : "the server is overloaded: too many requests are under way; nothing was done";
      return Optional.of(Told.error(DoorOutcome.UNAVAILABLE, why));
    }
    return Optional.empty();
  }

  private void dispatch(Request request, Asked asked, int maxList) {
    Packet packet = request.packet;
    try {
      switch (packet.verb()) {
        case PUT, REPLICATED ->
            end(request, asked.put(packet.namespace(), packet.data(), ack), put -> new byte[0]);
        case COUNT ->
            end(request, asked.count(packet.namespace(), packet.data()), PacketDesk::number);
        case NAMESPACE -> end(request, asked.namespace(packet.namespace()), PacketDesk::number);
        case SERVER -> end(request, asked.server(), PacketDesk::number);
        case KEYS, NAMESPACES -> list(request, maxList);
        default -> throw new IllegalStateException("not let in: " + packet.verb());
      }
    } catch (RuntimeException bug) {
      end(request, CompletableFuture.<Told<Long>>failedStage(bug), PacketDesk::number);
    }
  }

  private void list(Request request, int maxList) {
    if (!lists.enter()) {
      finish(
          request,
          Told.error(DoorOutcome.UNAVAILABLE, "too many lists are being made; try again"),
          PacketDesk::nothing);
      return;
    }
    var unused =
        list(request.packet, maxList)
            .whenComplete(
                (names, failure) -> {
                  Told<byte[]> told = failure == null ? names.map(Lists::joined) : failed(failure);
                  finish(request, told, lists::leave);
                });
  }

  private CompletableFuture<Told<List<ByteString>>> list(Packet packet, int maxList) {
    return packet.verb() == Verb.NAMESPACES
        ? lists.namespaces(maxList)
        : lists.keys(packet.namespace(), packet.data(), maxList);
  }

  private <V> void end(Request request, CompletionStage<Told<V>> stage, Function<V, byte[]> data) {
    stage.whenComplete(
        (told, failure) ->
            finish(
                request, failure == null ? told.map(data) : failed(failure), PacketDesk::nothing));
  }

  private static Told<byte[]> failed(Throwable failure) {
    if (isStopped(failure)) {
      LOG.debug("the answer came after the door had closed", failure);
    } else {
      LOG.error("a request failed", failure);
    }
    return Told.error(DoorOutcome.FAILED, "the server failed; its log has more");
  }

  private static boolean isStopped(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RejectedExecutionException;
  }

  /** Its place is given back before its sender can send the next. */
  private void finish(Request request, Told<byte[]> told, Runnable sent) {
    boolean isOurs = underWay.remove(request);
    admission.leave();
    if (!isOurs) {
      sent.run();
      return;
    }
    Runnable written =
        () -> {
          sent.run();
          unwritten.leave();
        };
    request.reply.complete(told(request, told, written));
  }

  private Reply told(Request request, Told<byte[]> told, Runnable sent) {
    meters.answered(request.start, request.packet.verb().word(), told.outcome());
    return reply(request.packet, told, sent);
  }

  private Reply reply(Packet packet, Told<byte[]> told, Runnable sent) {
    return new Reply(
        told.outcome(),
        isSilent(packet) ? Optional.empty() : Optional.of(sealed(packet, told)),
        sent);
  }

  /** What is wrong with its form is told to everyone; else, R is never answered. */
  private boolean isSilent(Packet packet) {
    return packet.verb() == Verb.REPLICATED && packet.fault().isEmpty() && seal.isOn(packet);
  }

  private byte[] sealed(Packet packet, Told<byte[]> told) {
    byte[] reply =
        told.value().isPresent()
            ? packet.reply(packet.letter().charAt(0), told.value().get())
            : packet.reply('E', error(told));
    seal.put(reply);
    return reply;
  }

  /** An error as it stands in a packet, which has a bound. */
  private static byte[] error(Told<byte[]> told) {
    byte[] text = told.error().getBytes(StandardCharsets.UTF_8);
    return text.length <= Packet.DATA_BYTES ? text : Arrays.copyOf(text, Packet.DATA_BYTES);
  }

  /** A count in four bytes, the lowest first; one that does not fit is the nearest that does. */
  static byte[] number(long count) {
    long shown = Math.max(0, Math.min(MAX_COUNT, count));
    return new byte[] {
      (byte) shown, (byte) (shown >> 8), (byte) (shown >> 16), (byte) (shown >> 24)
    };
  }

  private static void nothing() {}
}
