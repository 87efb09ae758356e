package io.countess.bench;

import io.countess.server.Setting;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * The yardstick of a server's first seconds: what a service of one's own would be. The same
 * embedded broker, {@link PlainCount} and a small API by Javalin, with the same paths as that of
 * Countess.
 *
 * @param jvm with its options
 * @param use what it is for
 */
record PlainServer(Plan plan, List<String> jvm, PlainCount.Use use) implements Startable {
  private static final String HERE = "127.0.0.1";

  @Override
  public String title() {
    return "plain Kafka Streams count";
  }

  @Override
  public String group() {
    return PlainCount.GROUP;
  }

  @Override
  public List<String> command(Path data, int kafkaPort, int httpPort) {
    Map<Setting, String> settings = plan.settings(data);
    settings.put(Setting.KAFKA_PORT, Integer.toString(kafkaPort));
    settings.put(Setting.HTTP_PORT, Integer.toString(httpPort));
    var arguments = new ArrayList<>(List.of(use.name()));
    arguments.addAll(LogProgram.arguments(settings));
    return OwnProgram.starting(jvm, PlainServer.class, arguments);
  }

  @Override
  public boolean isReady(int httpPort, Path output) {
    return Api.isReady(httpPort);
  }

  /** Runs it until it is told to stop: what it is for, and settings as {@code NAME=value}. */
  public static void main(String[] args) throws InterruptedException {
    var use = PlainCount.Use.valueOf(args[0]);
    var settings = LogProgram.settings(Arrays.copyOfRange(args, 1, args.length));
    var log = LogProgram.start(settings);
    var count = PlainCount.start(log, use);
    var http = serve(count, Integer.parseInt(settings.get(Setting.HTTP_PORT)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(http, count, log)));
    new CountDownLatch(1).await();
  }

  /** Answers puts and counts. */
  static Javalin serve(PlainCount count, int port) {
    return Javalin.create(config -> configure(config, count)).start(HERE, port);
  }

  private static void configure(JavalinConfig config, PlainCount count) {
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.startup.showOldJavalinVersionWarning = false;
    String key = Api.KEYS + "{key}";
    config.routes.get(Api.READY, http -> http.status(count.isReady() ? 200 : 503));
    config.routes.get(Api.NAMESPACE, http -> answer(http, count.applied().records()));
    config.routes.get(key, http -> answer(http, count.count(http.pathParam("key"))));
    config.routes.post(key, http -> http.future(() -> put(http, count)));
  }

  private static CompletableFuture<Void> put(Context http, PlainCount count) {
    return count
        .put(http.pathParam("key"))
        .thenAccept(now -> answer(http, now))
        .toCompletableFuture();
  }

  private static void answer(Context http, Object count) {
    http.contentType("application/json").result("{\"count\":" + count + "}");
  }

  private static void close(Javalin http, PlainCount count, BenchLog log) {
    http.stop();
    count.close();
    log.close();
  }
}
