package io.countess.cli.serve;

import io.countess.door.dracula.DraculaDoor;
import io.countess.door.envoy.EnvoyDoor;
import io.countess.door.metricnexus.MetricNexusDoor;
import io.countess.door.redis.RedisDoor;
import io.countess.door.tenants.TenantsConfig;
import io.countess.door.tenants.TenantsDoor;
import io.countess.event.LogFormat;
import io.countess.server.Countess;
import io.countess.server.CountessConfig;
import java.util.ArrayList;
import java.util.List;

/** What is said when the service is up: where everything is, and what to try. */
record Greeting(List<String> lines) {
  static Greeting of(Countess countess, CountessConfig config) {
    boolean withKey = config.keys().asks();
    String key = withKey ? "-H \"Authorization: Bearer $COUNTESS_API_KEY\" " : "";
    var lines = new ArrayList<String>();
    lines.add("Countess is up.");
    lines.add("  Kafka  " + countess.kafka() + "  topic " + LogFormat.EVENTS_TOPIC);
    lines.add("  HTTP   " + countess.url() + "  (" + countess.url() + "/docs)");
    lines.add("  data   " + config.data().toAbsolutePath().normalize());
    lines.add("  try    curl -X POST " + key + countess.url() + "/v1/namespaces/logins/keys/alice");
    countess.dracula().ifPresent(door -> lines.addAll(dracula(door, key)));
    countess.redis().ifPresent(door -> lines.addAll(redis(door, withKey)));
    countess.metricNexus().ifPresent(door -> lines.addAll(metricNexus(door, withKey)));
    countess.envoy().ifPresent(door -> lines.addAll(envoy(door, key)));
    countess.tenants().ifPresent(door -> lines.addAll(tenants(door, config)));
    return new Greeting(List.copyOf(lines));
  }

  /** Where the Dracula door listens, and a line to try where it has REST. */
  private static List<String> dracula(DraculaDoor door, String key) {
    var lines = new ArrayList<String>();
    lines.add("  Dracula  " + door.address() + " UDP and TCP" + rest(door));
    door.restUrl()
        .ifPresent(
            url ->
                lines.add("  try    curl " + key + "'" + url + "/put?namespace=logins&key=alice'"));
    return lines;
  }

  private static List<String> redis(RedisDoor door, boolean withKey) {
    String key = withKey ? " --pass \"$COUNTESS_API_KEY\"" : "";
    return List.of(
        "  Redis  " + door.address(), "  try    redis-cli -p " + door.port() + key + " PING");
  }

  private static List<String> metricNexus(MetricNexusDoor door, boolean withKey) {
    String key = withKey ? "-H \"Authorization: token $COUNTESS_API_KEY\" " : "";
    return List.of(
        "  MetricNexus  " + door.url(),
        "  try    curl -k " + key + "-d 'jobs that wait' " + door.url() + "/jobs");
  }

  /** Where the Envoy door listens, and a line to try where it has JSON and limits. */
  private static List<String> envoy(EnvoyDoor door, String key) {
    var lines = new ArrayList<String>();
    String json = door.jsonUrl().map(url -> ", JSON " + url).orElse("");
    String limits = door.isConfigured() ? "" : ", no limits: give --envoy-config";
    lines.add("  Envoy  " + door.address() + " gRPC" + json + limits);
    door.example()
        .map(asked -> asked.replace("'", "\\u0027"))
        .flatMap(
            asked ->
                door.jsonUrl().map(url -> "curl " + key + "-d '" + asked + "' " + url + "/json"))
        .ifPresent(line -> lines.add("  try    " + line));
    return lines;
  }

  private static List<String> tenants(TenantsDoor door, CountessConfig config) {
    TenantsConfig tenants = config.doors().tenants().orElseThrow();
    String variable =
        tenants.adminKey().isPresent() ? "COUNTESS_TENANTS_ADMIN_KEY" : "COUNTESS_API_KEY";
    String key = tenants.asks(config.keys()) ? "-H \"X-API-Key: $" + variable + "\" " : "";
    return List.of(
        "  counter-api  " + door.url(),
        "  try    curl " + key + "-d '{\"label\":\"first\"}' " + door.url() + "/tenants");
  }

  private static String rest(DraculaDoor door) {
    return door.restUrl().map(url -> ", REST " + url).orElse(", no REST");
  }
}
