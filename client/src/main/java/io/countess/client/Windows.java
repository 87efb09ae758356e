package io.countess.client;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespaceView;
import io.countess.answer.WindowList;
import io.countess.answer.codec.CountJson;
import io.countess.answer.codec.KeyPageJson;
import io.countess.answer.codec.NamespaceJson;
import io.countess.answer.codec.WindowListJson;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.WindowName;
import java.util.Optional;

/**
 * Counts in windows: in the one that lasts, and in those that have ended and that a policy keeps
 * ({@code keep}). A window that is not kept, or a name that is none under the policy, ends in a
 * {@link ProblemException} that says which there are.
 */
public final class Windows {
  private final Counts counts;

  Windows(Counts counts) {
    this.counts = counts;
  }

  /** The count of a counter in a window. */
  public Answer.Found<Count> count(CounterName counter, WindowName window) {
    var target = in(window, Target.counter(counter));
    return counts.ask(target).found(new CountJson(counter));
  }

  /** The windows of a counter that are kept and in which it counted something, the newest first. */
  public Answer.Found<WindowList> list(CounterName counter) {
    return counts.ask(Target.counter(counter).below("windows")).found(new WindowListJson());
  }

  /** Keys that counted something in a window, in order, that match a glob. */
  public Answer.Found<KeyPage> keys(
      ByteString namespace,
      WindowName window,
      Optional<String> match,
      Optional<CountRange> range,
      Page page) {
    var target = page.of(Target.listing(namespace, "keys")).with("match", match).within(range);
    return counts.ask(in(window, target)).found(new KeyPageJson());
  }

  /** The {@code k} keys with the highest counts in a window, highest first. */
  public Answer.Found<KeyPage> top(
      ByteString namespace, WindowName window, int k, Optional<CountRange> range) {
    var target = Target.listing(namespace, "top").with("k", Integer.toString(k)).within(range);
    return counts.ask(in(window, target)).found(new KeyPageJson());
  }

  /** A namespace with the totals of a window. */
  public Answer.Found<NamespaceView> namespace(ByteString namespace, WindowName window) {
    return counts.ask(in(window, Target.namespace(namespace))).found(new NamespaceJson());
  }

  private static Target in(WindowName window, Target target) {
    return target.with("window", window.text());
  }
}
