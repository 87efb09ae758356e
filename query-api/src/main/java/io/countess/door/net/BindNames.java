package io.countess.door.net;

import io.countess.event.InvalidInputException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/**
 * The settings that say where a door listens, by which messages name it.
 *
 * @param bind the setting of the address
 * @param port the setting of the port
 */
public record BindNames(String bind, String port) {
  /**
   * The channel, when it is bound.
   *
   * @throws InvalidInputException naming the setting that is wrong, such as a port that is taken
   */
  public Channel bound(ChannelFuture binding, String address, int portNumber) {
    if (binding.awaitUninterruptibly().isSuccess()) {
      return binding.channel();
    }
    throw unbound(binding.cause(), address, portNumber);
  }

  /** That it could not be bound, naming the setting that is wrong. */
  public InvalidInputException unbound(Throwable cause, String address, int portNumber) {
    String why = String.valueOf(cause.getMessage());
    if (why.contains("assign requested address")) {
      return new InvalidInputException(
          bind, "is " + address + ", which is no address of this machine");
    }
    return new InvalidInputException(
        port, "%d can't be listened on at %s: %s".formatted(portNumber, address, why));
  }
}
