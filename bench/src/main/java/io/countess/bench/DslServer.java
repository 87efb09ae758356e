package io.countess.bench;

import io.countess.server.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The yardstick of a start: the same embedded broker with a windowed count on it, in a process of
 * its own. The count has the defaults of Kafka Streams. Ready when its local store answers; it has
 * no HTTP.
 */
final class DslServer implements Startable {
  private static final String READY = "ready";

  private final Plan plan;

  DslServer(Plan plan) {
    this.plan = plan;
  }

  @Override
  public String title() {
    return "DSL windowed count on that broker";
  }

  @Override
  public String group() {
    return DslCount.GROUP;
  }

  @Override
  public List<String> command(Path data, int kafkaPort, int httpPort) {
    Map<Setting, String> settings = plan.settings(data);
    settings.put(Setting.KAFKA_PORT, Integer.toString(kafkaPort));
    return OwnProgram.starting(DslServer.class, LogProgram.arguments(settings));
  }

  @Override
  public boolean isReady(int httpPort, Path output) {
    try {
      return Files.readString(output).contains(READY);
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Runs it until it is told to stop, with settings as {@code NAME=value}. */
  public static void main(String[] args) throws InterruptedException {
    var log = LogProgram.start(LogProgram.settings(args));
    var count = DslCount.start(log);
    var stop = new Thread(() -> close(count, log));
    Runtime.getRuntime().addShutdownHook(stop);
    count.awaitAnswer();
    System.out.println(READY);
    new CountDownLatch(1).await();
  }

  private static void close(DslCount count, BenchLog log) {
    count.close();
    log.close();
  }
}
