package io.countess.cli.serve;

import io.countess.event.LogFormat;
import io.countess.server.Countess;
import io.countess.server.CountessConfig;
import java.util.List;

/** What is said when the service is up: where everything is, and what to try. */
record Greeting(List<String> lines) {
  static Greeting of(Countess countess, CountessConfig config) {
    boolean withKey = config.keys().asks();
    String key = withKey ? "-H \"Authorization: Bearer $COUNTESS_API_KEY\" " : "";
    return new Greeting(
        List.of(
            "Countess is up.",
            "  Kafka  " + countess.kafka() + "  topic " + LogFormat.EVENTS_TOPIC,
            "  HTTP   " + countess.url() + "  (" + countess.url() + "/docs)",
            "  data   " + config.data().toAbsolutePath().normalize(),
            "  try    curl -X POST " + key + countess.url() + "/v1/namespaces/logins/keys/alice"));
  }
}
