package io.countess.door.envoy;

import static io.countess.door.envoy.EnvoyPeer.entries;
import static io.countess.door.envoy.EnvoyPeer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Group;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.DescriptorStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays over a restart and another configuration, and what instances have in common. */
class ServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final RateLimitDescriptor USER = entries("user", "ann");

  @TempDir Path dir;
  private Path limits;

  @BeforeEach
  void limit() throws IOException {
    limits = dir.resolve("limits.yaml");
    limitTo(5, "");
  }

  private void limitTo(int requests, String more) throws IOException {
    Files.writeString(
        limits,
        """
        domain: d
        descriptors:
          - {key: user, %s rate_limit: {unit: year, requests_per_unit: %d}}
          - {key: path, rate_limit: {unit: year, requests_per_unit: 100}}
        """
            .formatted(more, requests));
  }

  private static RateLimitResponse ask(EnvoyPeer peer, RateLimitDescriptor... descriptors) {
    return peer.stub().shouldRateLimit(request("d", descriptors));
  }

  private static int left(EnvoyPeer peer) {
    return left(peer, USER);
  }

  private static int left(EnvoyPeer peer, RateLimitDescriptor descriptor) {
    return ask(peer, EnvoyPeer.hitting(descriptor, 0)).getStatuses(0).getLimitRemaining();
  }

  @Test
  void shouldKeepCountsOverARestart() throws Exception {
    try (Countess countess = Alone.start(dir.resolve("data"), "rocksdb", Limits.open(limits));
        EnvoyPeer peer = EnvoyPeer.to(countess.envoy().orElseThrow())) {
      ask(peer, USER);
      ask(peer, USER);
    }
    try (Countess countess = Alone.start(dir.resolve("data"), "rocksdb", Limits.open(limits));
        EnvoyPeer peer = EnvoyPeer.to(countess.envoy().orElseThrow())) {
      assertThat(left(peer)).isEqualTo(3);
    }
  }

  @Test
  void shouldDecideByTheConfigurationOfTheMoment() throws Exception {
    try (Countess countess = Alone.start(dir.resolve("data"), "memory", Limits.open(limits));
        EnvoyPeer peer = EnvoyPeer.to(countess.envoy().orElseThrow())) {
      ask(peer, USER);
      assertThat(left(peer)).isEqualTo(4);
      limitTo(9, "");
      await().atMost(PATIENCE).until(() -> left(peer) == 8);
      limitTo(1, "");
      await().atMost(PATIENCE).until(() -> left(peer) == 0);
      assertThat(ask(peer, USER).getOverallCode()).isEqualTo(Code.OVER_LIMIT);
      Files.writeString(limits, "domain: d\ndescriptors: no list\n");
      limitTo(1, "shadow_mode: true,");
      await().atMost(PATIENCE).until(() -> ask(peer, USER).getOverallCode() == Code.OK);
    }
  }

  @Test
  void shouldLimitAllInstancesTogether() throws Exception {
    try (var group = new Group(dir.resolve("data"))) {
      Group.Member one = group.start("one", Limits.open(limits));
      Group.Member two = group.start("two", Limits.open(limits));
      Group.awaitShared(one, two);
      try (EnvoyPeer first = EnvoyPeer.to(one.countess().envoy().orElseThrow());
          EnvoyPeer second = EnvoyPeer.to(two.countess().envoy().orElseThrow())) {
        for (int i = 0; i < 20; i++) {
          shouldLimitTogether(first, second, entries("user", "u" + i), entries("path", "p" + i));
        }
      }
    }
  }

  /** Ten want five places at once, each with a place of a path that has room for all. */
  private static void shouldLimitTogether(
      EnvoyPeer first, EnvoyPeer second, RateLimitDescriptor user, RateLimitDescriptor path) {
    List<CompletableFuture<RateLimitResponse>> asked = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      EnvoyPeer peer = i % 2 == 0 ? first : second;
      asked.add(CompletableFuture.supplyAsync(() -> ask(peer, user, path)));
    }
    long passed = asked.stream().filter(it -> it.join().getOverallCode() == Code.OK).count();
    assertThat(passed).isEqualTo(5);
    assertThat(left(first, path)).isEqualTo(95);
    assertThat(left(second, path)).isEqualTo(95);
    assertThat(left(second, user)).isZero();
  }

  @Test
  void shouldTellStatusesInTheOrderOfDescriptors() throws Exception {
    try (Countess countess = Alone.start(dir.resolve("data"), "memory", Limits.open(limits));
        EnvoyPeer peer = EnvoyPeer.to(countess.envoy().orElseThrow())) {
      RateLimitDescriptor[] many =
          IntStream.range(0, Asked.MOST)
              .mapToObj(i -> i % 3 == 0 ? entries("other", "" + i) : entries("user", "u" + i))
              .toArray(RateLimitDescriptor[]::new);
      RateLimitResponse response = ask(peer, many);
      assertThat(response.getStatusesList().stream().map(DescriptorStatus::hasCurrentLimit))
          .containsExactlyElementsOf(
              IntStream.range(0, Asked.MOST).mapToObj(i -> i % 3 != 0).toList());
    }
  }
}
