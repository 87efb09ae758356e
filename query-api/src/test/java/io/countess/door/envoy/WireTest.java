package io.countess.door.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.countess.door.net.Leaks;
import io.countess.server.Countess;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is no request, byte by byte. Afterwards the door answers as before, and no buffer is lost.
 */
class WireTest {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
  private static final int TRIES = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path dir;
  private static Countess countess;
  private static EnvoyPeer envoy;

  @BeforeAll
  static void start() throws Exception {
    Leaks.requireWatch();
    countess = Limits.start(dir, Map.of());
    envoy = EnvoyPeer.to(countess.envoy().orElseThrow());
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(envoy.ask(EnvoyPeer.entries("per", "day")).getOverallCode()).isEqualTo(Code.OK);
    envoy.close();
    countess.close();
    Leaks.requireNone();
  }

  private static Socket connect() throws IOException {
    int port = countess.envoy().orElseThrow().port();
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  /** Sends bytes and ends; what is answered does not matter, as long as the connection ends. */
  private static void send(byte[]... parts) {
    try (Socket socket = connect()) {
      for (byte[] part : parts) {
        socket.getOutputStream().write(part);
      }
      socket.shutdownOutput();
      readToTheEnd(socket);
    } catch (IOException brokenOff) {
      // It is ended in the middle of what was sent.
    }
  }

  private static void readToTheEnd(Socket socket) {
    try (InputStream in = socket.getInputStream()) {
      in.readAllBytes();
    } catch (SocketTimeoutException stuck) {
      throw new UncheckedIOException(stuck);
    } catch (IOException reset) {
      // That is an end, too.
    }
  }

  @Test
  void shouldEndConnectionsThatSayNothingOfHttp2() {
    var random = new Random(1);
    for (int i = 0; i < TRIES; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      send(noise);
    }
    send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    send(Arrays.copyOf(PREFACE, 10));
    send();
  }

  @Test
  void shouldEndConnectionsWithBrokenFrames() {
    var random = new Random(2);
    for (int i = 0; i < TRIES; i++) {
      byte[] noise = new byte[9 + random.nextInt(300)];
      random.nextBytes(noise);
      noise[0] = 0;
      noise[1] = 0;
      noise[3] = (byte) random.nextInt(12);
      send(PREFACE, SETTINGS, noise);
    }
  }

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        }
      };

  private static final MethodDescriptor<byte[], byte[]> METHOD =
      RateLimitServiceGrpc.getShouldRateLimitMethod().toBuilder(BYTES, BYTES).build();

  /** The end of a call with any message. */
  private static Status call(byte[] message) {
    var end = new CompletableFuture<Status>();
    ClientCall<byte[], byte[]> call =
        envoy
            .channel()
            .newCall(METHOD, CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS));
    call.start(telling(end), new Metadata());
    call.request(1);
    call.sendMessage(message);
    call.halfClose();
    return end.join();
  }

  private static ClientCall.Listener<byte[]> telling(CompletableFuture<Status> end) {
    return new ClientCall.Listener<>() {
      @Override
      public void onClose(Status status, Metadata trailers) {
        end.complete(status);
      }
    };
  }

  @Test
  void shouldAnswerAnyMessage() throws IOException {
    var random = new Random(3);
    byte[] whole =
        EnvoyPeer.request(
                "edge",
                EnvoyPeer.limited(EnvoyPeer.entries("user", "wire", "action", "x"), 1000),
                EnvoyPeer.hitting(EnvoyPeer.entries("path", "/files/x"), 1))
            .toByteArray();
    for (int i = 0; i < TRIES; i++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 3));
      for (int j = random.nextInt(4); j > 0 && damaged.length > 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(call(damaged).getCode()).isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT);
    }
    var deep = new byte[100_000];
    CodedOutputStream.newInstance(deep).writeTag(2, WireFormat.WIRETYPE_START_GROUP);
    Arrays.fill(deep, deep[0]);
    Status none = call(deep);
    assertThat(none.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(none.getDescription()).isEqualTo("this is no RateLimitRequest");
  }

  @Test
  void shouldEndACallWhoseRequestDoesNotCome() {
    var end = new CompletableFuture<Status>();
    // Else the client would not even send that a call begins.
    var begins = METHOD.toBuilder().setType(MethodType.BIDI_STREAMING).build();
    ClientCall<byte[], byte[]> call = envoy.channel().newCall(begins, CallOptions.DEFAULT);
    call.start(telling(end), new Metadata());
    call.request(1);
    assertThat(end).succeedsWithin(PATIENCE);
    assertThat(end.join().getDescription()).isEqualTo("the request did not come");
  }

  @Test
  void shouldEndAConnectionThatStaysSilent() throws IOException {
    try (Socket socket = connect()) {
      await().atMost(PATIENCE).untilAsserted(() -> readToTheEnd(socket));
    }
  }
}
