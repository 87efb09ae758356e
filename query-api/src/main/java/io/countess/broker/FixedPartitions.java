package io.countess.broker;

import io.countess.event.LogFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets everybody do everything, except to add partitions to the log: a key's partition depends on
 * their number. Kafka has no policy for that, but it asks for the right to alter a topic, and asks
 * for that nowhere else.
 */
public final class FixedPartitions implements Authorizer {
  private static final Logger LOG = LoggerFactory.getLogger(FixedPartitions.class);

  @Override
  public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
    var ready = new HashMap<Endpoint, CompletionStage<Void>>();
    server.endpoints().forEach(each -> ready.put(each, CompletableFuture.completedFuture(null)));
    return ready;
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    return actions.stream().map(action -> authorize(context, action)).toList();
  }

  private static AuthorizationResult authorize(AuthorizableRequestContext who, Action action) {
    var on = action.resourcePattern();
    boolean adds =
        action.operation() == AclOperation.ALTER
            && on.resourceType() == ResourceType.TOPIC
            && on.name().equals(LogFormat.EVENTS_TOPIC);
    if (adds && action.logIfDenied()) {
      LOG.warn(
          "Partitions were to be added to {} from {}: that is refused, since their number says in"
              + " which of them a key is counted.",
          on.name(),
          who.clientAddress());
    }
    return adds ? AuthorizationResult.DENIED : AuthorizationResult.ALLOWED;
  }

  @Override
  public AuthorizationResult authorizeByResourceType(
      AuthorizableRequestContext context, AclOperation operation, ResourceType type) {
    return AuthorizationResult.ALLOWED;
  }

  @Override
  public List<? extends CompletionStage<AclCreateResult>> createAcls(
      AuthorizableRequestContext context, List<AclBinding> bindings) {
    var refused = new AclCreateResult(noRules());
    return bindings.stream().map(each -> CompletableFuture.completedFuture(refused)).toList();
  }

  @Override
  public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
      AuthorizableRequestContext context, List<AclBindingFilter> filters) {
    var refused = new AclDeleteResult(noRules());
    return filters.stream().map(each -> CompletableFuture.completedFuture(refused)).toList();
  }

  @Override
  public Iterable<AclBinding> acls(AclBindingFilter filter) {
    return List.of();
  }

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public void close() {}

  private static SecurityDisabledException noRules() {
    return new SecurityDisabledException("the embedded Kafka of Countess keeps no access rules");
  }
}
