package io.countess.door.dracula;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the eight bytes called hash come about, by which the two ends know each other. */
sealed interface Seal {
  /** Whether the request has the hash that it should have. */
  boolean isOn(Packet request);

  /** Gives a reply its hash; the rest of it is there. */
  void put(byte[] reply);

  /**
   * As Dracula does it: the first eight bytes of the secret, then the id, the namespace and the
   * data. So the secret stands in each packet as it is, or its first eight bytes.
   */
  record Prefix(byte[] secret) implements Seal {
    @Override
    public boolean isOn(Packet request) {
      return isEqual(request.bytes(), hash(request.bytes()));
    }

    @Override
    public void put(byte[] reply) {
      System.arraycopy(hash(reply), 0, reply, Packet.HASH_AT, Packet.HASH_BYTES);
    }

    /** After the secret come the id, and without the blank behind it the namespace: that is all. */
    private byte[] hash(byte[] packet) {
      byte[] hash = Arrays.copyOf(secret, Packet.HASH_BYTES);
      for (int i = secret.length; i < Packet.HASH_BYTES; i++) {
        int after = i - secret.length;
        hash[i] = packet[Packet.ID_AT + (after < 4 ? after : after + 1)];
      }
      return hash;
    }
  }

  /**
   * The first eight bytes of HMAC-SHA-256 under the secret, over a byte that says whether it is a
   * request (0) or a reply (1), the command, and everything from the id on. No packet tells the
   * secret, and no reply passes as a request.
   */
  record Hmac(SecretKeySpec key) implements Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte REQUEST = 0;
    private static final byte REPLY = 1;

    static Hmac of(byte[] secret) {
      return new Hmac(new SecretKeySpec(secret, ALGORITHM));
    }

    @Override
    public boolean isOn(Packet request) {
      return isEqual(request.bytes(), hash(REQUEST, request.bytes()));
    }

    @Override
    public void put(byte[] reply) {
      System.arraycopy(hash(REPLY, reply), 0, reply, Packet.HASH_AT, Packet.HASH_BYTES);
    }

    private byte[] hash(byte direction, byte[] packet) {
      try {
        var mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        mac.update(direction);
        mac.update(packet[0]);
        mac.update(packet, Packet.ID_AT, packet.length - Packet.ID_AT);
        return mac.doFinal();
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** In the same time wherever the first difference is. */
  private static boolean isEqual(byte[] packet, byte[] hash) {
    byte[] shown = Arrays.copyOfRange(packet, Packet.HASH_AT, Packet.HASH_AT + Packet.HASH_BYTES);
    return MessageDigest.isEqual(shown, Arrays.copyOf(hash, Packet.HASH_BYTES));
  }
}
