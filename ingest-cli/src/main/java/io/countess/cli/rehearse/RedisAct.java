package io.countess.cli.rehearse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;

/** Pipelines of what limiters and counters ask a Redis for. */
final class RedisAct implements Rehearsal.Act {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int KEYS = 20_000;
  private static final String END = "the-end-of-a-pipeline";

  private final Socket socket;
  private final InputStream in;
  private final Random random = new Random(2);

  RedisAct(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  @Override
  public void play() throws IOException {
    var pipeline = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      String key = "r" + random.nextInt(KEYS);
      command(pipeline, "INCR", key);
      command(pipeline, "GET", key);
    }
    String key = "r" + random.nextInt(KEYS);
    command(pipeline, "SET", key, "5", "EX", "60");
    command(pipeline, "TTL", key);
    command(pipeline, "EXPIRE", key, "30", "NX");
    command(pipeline, "INCRBY", key, "3");
    command(pipeline, "DEL", key);
    command(pipeline, "CL.THROTTLE", "t" + random.nextInt(100), "15", "30", "60");
    command(pipeline, "MULTI");
    command(pipeline, "INCR", key);
    command(pipeline, "EXPIRE", key, "9");
    command(pipeline, "EXEC");
    command(pipeline, "ECHO", END);
    socket.getOutputStream().write(pipeline.toString().getBytes(US_ASCII));
    awaitEnd();
  }

  private static void command(StringBuilder to, String... words) {
    to.append('*').append(words.length).append("\r\n");
    for (String word : words) {
      to.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
  }

  /** No reply before it has these letters in it. */
  private void awaitEnd() throws IOException {
    int matched = 0;
    while (matched < END.length()) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the Redis door has ended the connection");
      }
      matched = next == END.charAt(matched) ? matched + 1 : next == END.charAt(0) ? 1 : 0;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
