package io.countess.query;

import io.countess.answer.Count;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespaceView;
import io.countess.answer.WindowList;
import io.countess.answer.codec.AnswerForm;
import io.countess.answer.codec.CountJson;
import io.countess.answer.codec.KeyPageJson;
import io.countess.answer.codec.NamespaceJson;
import io.countess.answer.codec.WindowListJson;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.WindowName;
import java.util.List;

/**
 * A question about windows: of those that have ended, or of the one that lasts. It is answered with
 * {@link io.countess.answer.Answer.Invalid} where the window is not kept, or there is none of that
 * name.
 *
 * @param <A> what answers it
 */
public sealed interface WindowQuestion<A> extends Question<A> {
  /** The count of a counter in a window. */
  record CountIn(CounterName counter, WindowName window) implements WindowQuestion<Count> {
    @Override
    public boolean isOneRow() {
      return true;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.countIn(this);
    }

    @Override
    public AnswerForm<Count> form() {
      return new AnswerForm<>(CountJson::write, () -> new CountJson(counter));
    }
  }

  /** The windows of a counter that are kept, with their counts. */
  record WindowsOf(CounterName counter) implements WindowQuestion<WindowList> {
    @Override
    public boolean isOneRow() {
      return true;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.windows(this);
    }

    @Override
    public AnswerForm<WindowList> form() {
      return new AnswerForm<>(WindowListJson::write, WindowListJson::new);
    }
  }

  /**
   * The keys that counted something in a window, in order, with their counts in it.
   *
   * @param of which of them, as if these were the live keys
   */
  record KeysIn(Question.KeysOf of, WindowName window) implements WindowQuestion<KeyPage> {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keysIn(this);
    }

    @Override
    public AnswerForm<KeyPage> form() {
      return of.form();
    }

    @Override
    public KeyPage merge(List<Part<KeyPage>> parts, int partitions) {
      return of.merge(parts, partitions).in(parts.get(0).value().window());
    }
  }

  /** The keys with the highest counts in a window. */
  record TopIn(Question.TopOf of, WindowName window) implements WindowQuestion<KeyPage> {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.topIn(this);
    }

    @Override
    public AnswerForm<KeyPage> form() {
      return new AnswerForm<>(KeyPageJson::write, KeyPageJson::new);
    }

    @Override
    public KeyPage merge(List<Part<KeyPage>> parts, int partitions) {
      return of.merge(parts, partitions).in(parts.get(0).value().window());
    }
  }

  /** A namespace with the totals of a window: its sum, and how many keys counted in it. */
  record NamespaceIn(ByteString namespace, WindowName window)
      implements WindowQuestion<NamespaceView> {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.namespaceIn(this);
    }

    @Override
    public AnswerForm<NamespaceView> form() {
      return new AnswerForm<>(NamespaceJson::write, NamespaceJson::new);
    }

    @Override
    public NamespaceView merge(List<Part<NamespaceView>> parts, int partitions) {
      NamespaceView merged = NamespaceParts.merge(parts, partitions);
      return new NamespaceView(
          merged.namespace(),
          merged.policy(),
          merged.totals(),
          merged.atMillis(),
          parts.get(0).value().window());
    }
  }
}
