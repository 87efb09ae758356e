package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.KeyPage;
import io.countess.client.Page;
import io.countess.client.Submission;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Namespaces and keys are any bytes. */
interface NameContract extends Contract {
  private static List<ByteString> keys() {
    Stream<ByteString> texts =
        Stream.of("", "\0", " ", "%2F", "+", ".", "..", "/", "//", "a/b", "{", "{}", "\u00fc")
            .map(ByteString::utf8);
    var notText = ByteString.of(new byte[] {(byte) 0xc3, 0x28});
    var longest = ByteString.of(new byte[CounterName.MAX_KEY_BYTES]);
    return Stream.concat(texts, Stream.of(notText, longest)).toList();
  }

  @Test
  default void shouldCountUnderAnyKey() {
    Counters counters = counters("{'kind':'total'}");
    List<ByteString> keys = keys();

    for (int i = 0; i < keys.size(); i++) {
      var name = new CounterName(counters.namespace(), keys.get(i));
      caller().decide(Submission.of(name, Event.Put.of(i + 1)));
    }

    for (int i = 0; i < keys.size(); i++) {
      var name = new CounterName(counters.namespace(), keys.get(i));
      assertThat(caller().count(name, Optional.empty()).value().count())
          .as("%s", i)
          .isEqualTo(i + 1);
    }
    assertThat(counters.keys().keys())
        .extracting(KeyPage.Entry::key)
        .containsExactlyElementsOf(keys.stream().sorted().toList());
  }

  @Test
  default void shouldCountInAnyNamespace() {
    String prefix = counters().namespace().toString();
    var longest = ByteString.utf8(prefix + "\0".repeat(64 - prefix.length()));
    var slash = ByteString.utf8(prefix + "/%/");
    for (ByteString namespace : List.of(longest, slash)) {
      var counters = new Counters(caller(), namespace, Optional.empty(), Optional.empty());
      counters.restart("{'kind':'total','limit':5}");

      assertThat(counters.put("a", 5).remaining()).hasValue(0);

      assertThat(counters.count("a")).isEqualTo(5);
      assertThat(caller().history(namespace).changes()).hasSize(1);
      assertThat(caller().top(namespace, 1).keys()).hasSize(1);
      assertThat(caller().keys(namespace, Optional.of("a"), Page.first(1)).keys()).hasSize(1);
      counters.drop();
    }
  }
}
