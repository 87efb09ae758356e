package io.countess.door.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.door.Told;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Keys that were given out. One is a counter whose policy describes it, with a hash of what is
 * secret of the key: 256 random bits, so one round of SHA-256 is enough. One that is taken back has
 * no policy any more.
 */
final class Credentials {
  private static final String PREFIX = "ck_";
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final OptionalLong ONE_THERE = OptionalLong.of(Event.ChangePolicy.ANY_VERSION);
  private static final Set<Scope> USUAL =
      Set.of(Scope.COUNTER_HISTORY, Scope.COUNTER_INCREMENT, Scope.COUNTER_READ);

  private final Ports ports;
  private final Ready ready;

  Credentials(Ports ports, Ready ready) {
    this.ports = ports;
    this.ready = ready;
  }

  /**
   * What is known of one.
   *
   * @param tenant empty for one that may everything
   * @param expires as it was given; empty where it does not
   */
  record Credential(
      String hash, Optional<String> tenant, Set<Scope> scopes, Optional<String> expires)
      implements Description {
    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStringField("sha256", hash);
      Json.writeIfPresent(out, "tenant", tenant);
      Json.writeTexts(out, "scopes", scopes.stream().map(Scope::text).toList());
      Json.writeIfPresent(out, "expires", expires);
    }

    static Credential read(JsonBody body) {
      return new Credential(
          body.text("sha256").orElse(""),
          body.text("tenant"),
          body.texts("scopes").stream()
              .flatMap(text -> Scope.of(text).stream())
              .collect(Collectors.toSet()),
          body.text("expires"));
    }

    Credential hashed(String other) {
      return new Credential(other, tenant, scopes, expires);
    }

    private boolean isValid(String secret) {
      boolean isOver = expires.flatMap(GoTime::parse).filter(Credentials::isOver).isPresent();
      return !isOver && MessageDigest.isEqual(hash.getBytes(UTF_8), sha256(secret).getBytes(UTF_8));
    }

    private Principal principal(String id) {
      return tenant.isEmpty() ? Principal.admin(id) : Principal.limited(id, scopes, tenant);
    }
  }

  /** Whose key this is; empty where it is nobody's, or not any more. */
  CompletionStage<Told<Optional<Principal>>> holder(String key) {
    int point = key.indexOf('.');
    Optional<String> id =
        key.startsWith(PREFIX) && point > 0
            ? GoUuid.parse(key.substring(PREFIX.length(), point))
            : Optional.empty();
    if (id.isEmpty()) {
      return Told.of(Optional.<Principal>empty()).now();
    }
    String secret = key.substring(point + 1);
    return find(id.get())
        .thenApply(
            told ->
                told.map(
                    found ->
                        found.filter(it -> it.isValid(secret)).map(it -> it.principal(id.get()))));
  }

  private CompletionStage<Told<Optional<Credential>>> find(String id) {
    return ports.ask(
        Description.question(ports.names().credential(id)),
        policy -> Description.of(policy).map(Credential::read));
  }

  /** Gives one out to a tenant that is there, or one that may everything. */
  CompletionStage<ApiReply> issue(Optional<String> tenant, JsonBody body) {
    Set<Scope> scopes = scopes(body.texts("scopes"));
    Optional<String> expires = body.text("expires_at").map(Credentials::inFuture);
    return issue(new Credential("", tenant, scopes, expires));
  }

  private static Set<Scope> scopes(List<String> texts) {
    Set<Scope> scopes =
        texts.stream()
            .map(
                text ->
                    Scope.of(text)
                        .orElseThrow(
                            () ->
                                ApiException.parameter(
                                    "unsupported credential scope \"" + text + "\"")))
            .collect(Collectors.toCollection(TreeSet::new));
    return scopes.isEmpty() ? new TreeSet<>(USUAL) : scopes;
  }

  private static String inFuture(String text) {
    Instant end = GoTime.parse(text).orElseThrow(ApiException::json);
    if (isOver(end)) {
      throw ApiException.parameter("credential expiry must be in the future");
    }
    return text;
  }

  private static boolean isOver(Instant end) {
    return !end.isAfter(Instant.now());
  }

  private CompletionStage<ApiReply> issue(Credential wanted) {
    return ready.then(() -> issueNow(wanted));
  }

  private CompletionStage<ApiReply> issueNow(Credential wanted) {
    String id = GoUuid.random();
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    String secret = BASE64.encodeToString(random);
    Credential credential = wanted.hashed(sha256(secret));
    var put = new Event.Put(1, Optional.empty()).bringing(credential.onTerms(ready.terms()));
    return Asking.reply(
        ports.submit(ports.names().credential(id), put),
        decision ->
            decision.outcome() == Outcome.ACCEPTED
                ? issued(id, PREFIX + id + "." + secret, credential)
                : ApiReply.undecided(decision));
  }

  private static ApiReply issued(String id, String key, Credential credential) {
    return ApiReply.json(
        201,
        out -> {
          out.writeStringField("credential_id", id);
          Json.writeIfPresent(out, "tenant_id", credential.tenant());
          out.writeStringField("api_key", key);
          Json.writeTexts(
              out, "scopes", credential.scopes().stream().sorted().map(Scope::text).toList());
          Json.writeIfPresent(out, "expires_at", credential.expires());
        });
  }

  /** Gives out another one that allows the same, as long. The one before stays valid. */
  CompletionStage<ApiReply> rotate(String tenant, String id) {
    return Asking.found(of(tenant, id), ApiReply.NO_CREDENTIAL, this::issueAgain);
  }

  private CompletionStage<ApiReply> issueAgain(Credential credential) {
    credential.expires().ifPresent(Credentials::inFuture);
    return issue(credential);
  }

  /** Takes one back. */
  CompletionStage<ApiReply> revoke(String tenant, String id) {
    var drop = new Event.ChangePolicy(Optional.empty(), OnChange.RESET, ONE_THERE);
    return Asking.found(
        of(tenant, id),
        ApiReply.NO_CREDENTIAL,
        credential ->
            Asking.reply(
                ports.submit(ports.names().credential(id), drop),
                decision ->
                    switch (decision.outcome()) {
                      case ACCEPTED -> ApiReply.NO_CONTENT;
                      case OUTDATED -> ApiReply.NO_CREDENTIAL;
                      default -> ApiReply.undecided(decision);
                    }));
  }

  private CompletionStage<Told<Optional<Credential>>> of(String tenant, String id) {
    return find(id)
        .thenApply(
            told ->
                told.map(
                    found -> found.filter(it -> it.tenant().filter(tenant::equals).isPresent())));
  }

  private static String sha256(String secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
