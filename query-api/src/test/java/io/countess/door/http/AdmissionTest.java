package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.door.Admission;
import io.countess.query.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdmissionTest {
  private static final String PATH = "/v1/namespaces/n/keys/k";

  @RegisterExtension final Api api = new Api(1);

  @Test
  void shouldLetInNoMoreThanItsBound() {
    var admission = new Admission(2);

    assertThat(admission.enter()).isTrue();
    assertThat(admission.enter()).isTrue();
    assertThat(admission.enter()).isFalse();
    assertThat(admission.underWay()).isEqualTo(2);
    admission.leave();
    assertThat(admission.enter()).isTrue();
  }

  @Test
  void shouldWaitForThoseInsideWhenItCloses() throws Exception {
    var admission = new Admission(2);
    admission.enter();
    var closing =
        CompletableFuture.runAsync(
            () -> {
              try {
                admission.close(Duration.ofSeconds(10));
              } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
              }
            });

    Awaitility.await().until(() -> !admission.enter());
    assertThat(closing).isNotDone();
    admission.leave();
    closing.get();
  }

  @Test
  void shouldRefuseRequestsOverTheBound() {
    var later = new CompletableFuture<Response>();
    api.commands.respondBy(command -> later);
    var first = CompletableFuture.supplyAsync(() -> api.post(PATH, ""));
    Awaitility.await().until(() -> api.commands.taken.size() == 1);

    var refused = api.post(PATH, "");
    later.complete(new Response.Decided(FakeCommands.ACCEPTED));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(Api.json(refused).get("type").asText()).isEqualTo("urn:countess:problem:overloaded");
    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(api.commands.taken).hasSize(1);
    assertThat(api.post(PATH, "").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldGiveItsPlaceBackWhateverHappens() {
    api.commands.respondBy(command -> CompletableFuture.failedFuture(new IllegalStateException()));

    assertThat(api.post(PATH, "").statusCode()).isEqualTo(500);
    assertThat(api.post(PATH, "nonsense").statusCode()).isEqualTo(400);
    assertThat(api.post(PATH + "?nonsense", "").statusCode()).isEqualTo(400);
    assertThat(api.post(PATH, " ".repeat(70_000)).statusCode()).isEqualTo(413);
    api.commands.respondBy(
        command -> {
          throw new StackOverflowError("in a port");
        });
    assertThat(api.post(PATH, "").statusCode()).isEqualTo(500);
    Awaitility.await().until(() -> api.admission.underWay() == 0);
  }

  @Test
  void shouldAnswerWhatIsUnderWayBeforeItStops() {
    var later = new CompletableFuture<Response>();
    api.commands.respondBy(command -> later);
    var put = CompletableFuture.supplyAsync(() -> api.post(PATH, ""));
    Awaitility.await().until(() -> api.commands.taken.size() == 1);

    var closing = CompletableFuture.runAsync(api.server::close);
    later.completeOnTimeout(
        new Response.Decided(FakeCommands.ACCEPTED), 100, TimeUnit.MILLISECONDS);

    assertThat(put.join().statusCode()).isEqualTo(200);
    closing.join();
  }

  @Test
  void shouldSayThatItStopsToWhoeverComesThen() {
    var later = new CompletableFuture<Response>();
    api.commands.respondBy(command -> later);
    var put = CompletableFuture.supplyAsync(() -> api.post(PATH, ""));
    Awaitility.await().until(() -> api.commands.taken.size() == 1);
    var closing = CompletableFuture.runAsync(api.server::close);
    Awaitility.await().until(api.admission::isClosed);

    var refused = api.post(PATH, "");
    later.complete(new Response.Decided(FakeCommands.ACCEPTED));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(Api.json(refused).get("type").asText()).isEqualTo("urn:countess:problem:stopping");
    assertThat(Api.json(refused).get("detail").asText()).contains("nothing was done");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(put.join().statusCode()).isEqualTo(200);
    closing.join();
    assertThat(api.commands.taken).hasSize(1);
  }

  @Test
  void shouldSayThatTheFateIsUnknownOfWhatItCouldNotWaitFor() {
    api.commands.respondBy(command -> new CompletableFuture<>());
    var put = CompletableFuture.supplyAsync(() -> api.post(PATH, ""));
    Awaitility.await().until(() -> api.commands.taken.size() == 1);

    api.server.close();

    assertThat(put.join().statusCode()).isEqualTo(504);
    assertThat(Api.json(put.join()).get("type").asText())
        .isEqualTo("urn:countess:problem:fate-unknown");
  }
}
