package io.countess.door.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Watches every buffer of Netty in this JVM, as the properties say that the pom sets; one that is
 * dropped before it is released is a leak.
 */
public final class Leaks<T> extends ResourceLeakDetector<T> {
  private static final List<String> FOUND = new CopyOnWriteArrayList<>();

  /** As Netty makes it. */
  public Leaks(Class<?> resource, int samplingInterval) {
    super(resource, samplingInterval);
  }

  /** As Netty made it once, and asks for still. */
  @SuppressWarnings("deprecation")
  public Leaks(Class<?> resource, int samplingInterval, long maxActive) {
    super(resource, samplingInterval, maxActive);
  }

  @Override
  protected void reportTracedLeak(String type, String records) {
    FOUND.add(type + records);
  }

  @Override
  protected void reportUntracedLeak(String type) {
    FOUND.add(type);
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  public static void requireWatch() {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(Level.PARANOID);
    assertThat(ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ByteBuf.class))
        .isInstanceOf(Leaks.class);
  }

  public static void requireNone() {
    look();
    assertThat(FOUND).isEmpty();
  }

  /** What has leaked so far, which is forgotten. */
  static List<String> take() {
    look();
    var found = List.copyOf(FOUND);
    FOUND.clear();
    return found;
  }

  /** Detectors tell of what was collected when the next buffer is made. */
  private static void look() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      ByteBufAllocator.DEFAULT.directBuffer(16).release();
    }
  }
}
