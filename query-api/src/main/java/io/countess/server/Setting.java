package io.countess.server;

import java.util.Locale;

/**
 * What can be set. {@link #HTTP_PORT} is the flag {@code --http-port}, {@code countess.http.port}
 * in a properties file, and {@code COUNTESS_HTTP_PORT} in the environment; the others likewise.
 */
public enum Setting {
  CONFIG("FILE", "Properties file with more settings.", ""),
  DATA("DIR", "Where everything is kept.", "./data"),
  BIND("ADDRESS", "Address on which HTTP listens.", "127.0.0.1"),
  HTTP_PORT("PORT", "Port of HTTP; 0 for any free one.", "8080"),
  HTTP_IDLE("DURATION", "How long a connection of HTTP may be silent.", "30s"),
  API_KEYS("FILE", "Hashed API keys with their scopes: see 'countess api-key'.", ""),
  API_KEY("KEY", "One API key with every scope.", ""),
  PEER_KEY("KEY", "API key that this instance shows the others.", "the one API key"),
  PEER_KEY_FILE("FILE", "File that holds the API key which this instance shows the others.", ""),
  ADVERTISED_HTTP(
      "HOST[:PORT]", "Where the other instances reach this one.", "where HTTP is bound to"),
  INSECURE("", "Let HTTP and other doors listen beyond loopback without keys.", "false"),
  CORS_ORIGINS(
      "ORIGIN,...",
      "Origins whose pages may call the API from a browser; * for any, without credentials.",
      ""),
  ALL_DOORS("", "Switch on every door to what speaks another system's protocol.", "false"),
  DRACULA("", "Answer clients of Dracula, over UDP, TCP and REST.", "false"),
  DRACULA_BIND("ADDRESS", "Address on which the Dracula door listens.", "127.0.0.1"),
  DRACULA_PORT("PORT", "Port of the Dracula door for UDP and TCP; 0 for any free one.", "3509"),
  DRACULA_REST_PORT("PORT|off", "Port of Dracula's REST; 0 for any free one.", "3510"),
  DRACULA_SECRET("SECRET", "What Dracula's clients have as their preshared key.", ""),
  DRACULA_SECRET_FILE("FILE", "File that holds the preshared key of Dracula's clients.", ""),
  DRACULA_AUTH("psk|hmac", "How packets show the secret: as Dracula does, or by an HMAC.", "psk"),
  DRACULA_ACK("applied|logged", "What the answer to a put waits for.", "applied"),
  REDIS("", "Answer clients of Redis.", "false"),
  REDIS_BIND("ADDRESS", "Address on which the Redis door listens.", "127.0.0.1"),
  REDIS_PORT("PORT", "Port of the Redis door; 0 for any free one.", "6379"),
  REDIS_NAMESPACE(
      "NAME|:",
      "Namespace of all keys of Redis; ':' for what stands before a key's first colon.",
      "redis"),
  METRIC_NEXUS("", "Answer clients of MetricNexus.", "false"),
  METRIC_NEXUS_BIND("ADDRESS", "Address on which the MetricNexus door listens.", "127.0.0.1"),
  METRIC_NEXUS_PORT("PORT", "Port of the MetricNexus door; 0 for any free one.", "4096"),
  METRIC_NEXUS_NAMESPACE("NAME", "Namespace of all metrics of MetricNexus.", "metrics"),
  METRIC_NEXUS_TLS("on|off", "Whether the MetricNexus door speaks HTTPS.", "on"),
  METRIC_NEXUS_CERT(
      "FILE",
      "Certificate of the MetricNexus door, in PEM.",
      "one that signs itself, kept with the data"),
  METRIC_NEXUS_KEY_FILE("FILE", "Key of that certificate, in PEM (PKCS #8).", ""),
  ENVOY("", "Answer Envoy's rate limit requests, over gRPC.", "false"),
  ENVOY_BIND("ADDRESS", "Address on which the Envoy door listens.", "127.0.0.1"),
  ENVOY_PORT("PORT", "Port of the Envoy door for gRPC; 0 for any free one.", "8081"),
  ENVOY_JSON_PORT(
      "PORT|off", "Port of the Envoy door's /json and /healthcheck; 0 for any free one.", "8082"),
  ENVOY_CONFIG("PATH", "File or directory of limits, as envoyproxy/ratelimit reads them.", ""),
  ENVOY_NAMESPACE("NAME", "Namespace of all counters of Envoy's limits.", "envoy"),
  ENVOY_HEADERS("", "Have Envoy tell its clients RateLimit headers.", "false"),
  ENVOY_TLS_CERT("FILE", "Certificate of the Envoy door's gRPC, in PEM.", "no TLS"),
  ENVOY_TLS_KEY("FILE", "Key of that certificate, in PEM (PKCS #8).", ""),
  TENANTS("", "Answer clients of counter-api.", "false"),
  TENANTS_BIND("ADDRESS", "Address on which the door for counter-api listens.", "127.0.0.1"),
  TENANTS_PORT("PORT", "Port of the door for counter-api; 0 for any free one.", "8090"),
  TENANTS_NAMESPACE("NAME", "Namespace of all tenants of counter-api.", "tenants"),
  TENANTS_ADMIN_KEY("KEY", "Key that counter-api has as API_KEY.", ""),
  TENANTS_ADMIN_KEY_FILE("FILE", "File that holds the key which counter-api has as API_KEY.", ""),
  TENANTS_LIMIT(
      "RATE|off", "How many requests that write one caller of counter-api may send.", "10/m"),
  TENANTS_IDEMPOTENCY(
      "DURATION", "How long idempotency keys of counter-api are remembered.", "400d"),
  TENANTS_HISTORY("DURATION", "How long new counters of counter-api keep operations.", "3650d"),
  TENANTS_CORS_ORIGINS(
      "ORIGIN,...", "Origins whose pages may call counter-api from a browser; * for any.", "*"),
  TENANTS_ACCESS_LOG("FILE", "File that gets a line of JSON for each request of counter-api.", ""),
  KAFKA_BIND("ADDRESS", "Address on which the embedded Kafka listens.", "127.0.0.1"),
  KAFKA_PORT("PORT", "Port of the embedded Kafka; 0 for any free one.", "9092"),
  KAFKA_ADVERTISED(
      "HOST[:PORT]",
      "What clients of the embedded Kafka are told to connect to.",
      "where it listens"),
  FLUSH_EACH_WRITE(
      "", "Force each write of the embedded Kafka to disk: slower, survives power loss.", "false"),
  BOOTSTRAP_SERVERS("HOST:PORT,...", "Use this Kafka cluster, and no embedded one.", ""),
  PARTITIONS("N", "Partitions of the log, if it has to be created.", "4 embedded, else 16"),
  REPLICATION("N", "Replicas of topics that are created.", "1 embedded, else 3"),
  DEFAULT_TTL("DURATION", "Time to live in namespaces without a policy.", "as it was, first 60s"),
  STORE("rocksdb|memory", "What holds the state.", "rocksdb"),
  STANDBY_REPLICAS(
      "N", "Other instances that keep a copy of each partition's state, to take over.", "0"),
  HOT_ROWS("N", "Rows kept decoded in memory.", "as many as fit into half the heap"),
  COMMIT_INTERVAL("DURATION", "How often progress is committed.", "500ms"),
  THREADS("N", "Partitions folded side by side.", "the number of processors"),
  METRICS_NAMESPACES(
      "N|PATTERN,...",
      "Namespaces with metrics of their own: the first N, or those that match.",
      "100");

  private final String placeholder;
  private final String description;
  private final String defaultText;

  Setting(String placeholder, String description, String defaultText) {
    this.placeholder = placeholder;
    this.description = description;
    this.defaultText = defaultText;
  }

  /** The placeholder of the value in a usage message; empty for a setting that is on or off. */
  public String placeholder() {
    return placeholder;
  }

  /** What is set, in a sentence. */
  public String description() {
    return description;
  }

  /** What holds where nothing is set, as it is to be shown; empty for nothing. */
  public String defaultText() {
    return defaultText;
  }

  public boolean isSwitch() {
    return placeholder.isEmpty();
  }

  /** Whether it may stand on a command line, where every process of the machine can read it. */
  public boolean isFlag() {
    return this != API_KEY
        && this != PEER_KEY
        && this != DRACULA_SECRET
        && this != TENANTS_ADMIN_KEY;
  }

  /** For example {@code http-port}. */
  public String plainName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For example {@code --http-port}. */
  public String flag() {
    return "--" + plainName();
  }

  /** For example {@code countess.http.port}. */
  public String property() {
    return "countess." + plainName().replace('-', '.');
  }

  /** For example {@code COUNTESS_HTTP_PORT}. */
  public String variable() {
    return "COUNTESS_" + name();
  }
}
