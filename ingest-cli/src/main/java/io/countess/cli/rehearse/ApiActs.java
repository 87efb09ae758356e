package io.countess.cli.rehearse;

import java.io.IOException;
import java.util.Random;

/** What is done over HTTP: mostly puts and counts, of all kinds. */
final class ApiActs implements Rehearsal.Act {
  private static final String[] POLICIES = {
    "{'kind':'expiring','ttl':'30s','limit':50}",
    "{'kind':'leaky','rate':'100/s','capacity':200}",
    "{'kind':'window','period':'minute','limit':100}",
    "{'kind':'total','max':1000000}",
    "{'kind':'gauge'}",
    "{'kind':'value'}",
    "{'kind':'limits','limits':[{'kind':'leaky','rate':'9/s','capacity':9},"
        + "{'kind':'window','period':'day','limit':1000}]}",
  };
  private static final int KEYS = 20_000;

  private final Http http;
  private final Random random;
  private long times;

  ApiActs(Http http, int seed) {
    this.http = http;
    this.random = new Random(seed);
  }

  /** Gives each namespace its policy; the last one has the default policy. */
  void prepare() throws IOException {
    for (int i = 0; i < POLICIES.length; i++) {
      http.ask("PUT", "/v1/namespaces/n" + i, json("{'policy':" + POLICIES[i] + "}"));
    }
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  @Override
  public void play() throws IOException {
    int ns = random.nextInt(POLICIES.length + 1);
    String namespace = "/v1/namespaces/n" + ns;
    String key = namespace + "/keys/k" + random.nextInt(KEYS);
    times++;
    http.ask("POST", key, "");
    http.ask("GET", key, "");
    http.ask("POST", key, json("{'n':2}"));
    if (times % 4 == 0) {
      http.ask("POST", key, "", "Idempotency-Key", "id-" + random.nextLong());
      http.ask("GET", key + "?n=3", "");
    }
    if (times % 32 == 0) {
      rarer(key);
    }
    if (times % 256 == 0) {
      rarest(namespace);
    }
  }

  private void rarer(String key) throws IOException {
    String id = "taken-" + random.nextLong();
    http.ask("POST", key, "", "Idempotency-Key", id);
    http.ask("POST", key + "/release", json("{'of':'" + id + "'}"));
    String of = "'namespace':'n0','key':'{" + random.nextInt(KEYS) + "}";
    http.ask("POST", "/v1/claims", json("{'counters':[{" + of + "a'},{" + of + "b'}]}"));
    http.ask("POST", "/v1/batches", json("{'events':[{" + of + "a'},{" + of + "b','n':2}]}"));
    http.ask("DELETE", key, "");
    http.ask(
        "POST",
        "/v1/events",
        json("{'namespace':'n3','key':'a'}\n{'namespace':'n3','key':'b','n':2}\n"));
  }

  private void rarest(String namespace) throws IOException {
    http.ask("GET", namespace, "");
    http.ask("GET", namespace + "/keys?limit=200&match=k1*", "");
    http.ask("GET", namespace + "/top?k=10", "");
    http.ask("GET", "/v1/namespaces", "");
    http.ask("GET", namespace + "/policy/history", "");
    http.ask("GET", "/metrics", "");
    http.ask("GET", "/readyz", "");
  }
}
