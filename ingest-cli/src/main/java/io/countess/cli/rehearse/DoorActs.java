package io.countess.cli.rehearse;

import io.countess.server.Countess;
import java.io.IOException;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What clients of other systems ask over HTTP. */
final class DoorActs implements Rehearsal.Act {
  static final String LIMITS =
      """
      domain: edge
      descriptors:
        - key: user
          rate_limit: {unit: minute, requests_per_unit: 100}
          descriptors:
            - key: path
              rate_limit: {unit: second, requests_per_unit: 10}
      """;
  private static final int KEYS = 500;
  private static final Pattern ID = Pattern.compile("\"(?:tenant|counter)_id\":\"([^\"]+)\"");

  private final Http dracula;
  private final Http metricNexus;
  private final Http tenants;
  private final Http envoy;
  private final String counter;
  private final Random random = new Random(3);

  DoorActs(Countess countess) throws IOException {
    dracula = new Http(countess.dracula().orElseThrow().restUrl().orElseThrow());
    metricNexus = new Http(countess.metricNexus().orElseThrow().url());
    tenants = new Http(countess.tenants().orElseThrow().url());
    envoy = new Http(countess.envoy().orElseThrow().jsonUrl().orElseThrow());
    metricNexus.ask("POST", "/rehearsed", "what it is");
    String tenant = "/tenants/" + id(tenants.ask("POST", "/tenants", "{\"label\":\"rehearsed\"}"));
    counter = tenant + "/counters/" + id(tenants.ask("POST", tenant, "{}"));
  }

  private static String id(String answer) throws IOException {
    Matcher found = ID.matcher(answer);
    if (!found.find()) {
      throw new IOException("there is no id in " + answer);
    }
    return found.group(1);
  }

  @Override
  public void play() throws IOException {
    String key = "k" + random.nextInt(KEYS);
    dracula.ask("GET", "/put?namespace=d&key=" + key, "");
    dracula.ask("GET", "/count?namespace=d&pattern=" + key, "");
    metricNexus.ask("PUT", "/rehearsed/inc", "1");
    metricNexus.ask("GET", "/rehearsed", "");
    tenants.ask("POST", counter + "/inc", "");
    tenants.ask("POST", counter + "/inc", "", "Idempotency-Key", UUID.randomUUID().toString());
    tenants.ask("GET", counter, "");
    envoy.ask(
        "POST",
        "/json",
        "{\"domain\":\"edge\",\"descriptors\":[{\"entries\":[{\"key\":\"user\",\"value\":\"%s\"}]}]}"
            .formatted(key));
  }
}
