package io.countess.broker;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * An address of this machine, for others. It is an address rather than the machine's name, which
 * not every client may be able to look up. It is the address that the name stands for, else the
 * first of an interface, IPv4 before IPv6.
 */
public final class OwnAddress {
  private OwnAddress() {}

  /** The address; loopback where there is no other. */
  public static InetAddress find() {
    Predicate<InetAddress> usable =
        address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress();
    try {
      InetAddress named = InetAddress.getLocalHost();
      if (usable.test(named)) {
        return named;
      }
    } catch (UnknownHostException nameless) {
      // A machine whose own name can't be looked up still has addresses.
    }
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(usable)
          .min(Comparator.comparingInt(address -> address.getAddress().length))
          .orElse(InetAddress.getLoopbackAddress());
    } catch (SocketException unlisted) {
      return InetAddress.getLoopbackAddress();
    }
  }
}
