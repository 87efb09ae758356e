package io.countess.door.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.door.Told;
import io.countess.event.Batch;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Write;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The tenants. One is a counter whose policy describes it. It is made in one record with the
 * counter that stands for its label, which is refused where there is that already: so of two
 * tenants with one label at once, one comes to be.
 */
final class Tenants {
  private static final ApiReply EXISTS =
      ApiReply.error(409, "TENANT_LABEL_EXISTS", "A tenant with this label already exists");

  private final Ports ports;
  private final Ready ready;

  Tenants(Ports ports, Ready ready) {
    this.ports = ports;
    this.ready = ready;
  }

  /** What is known of one. */
  record Tenant(String label, long createdMillis) implements Description {
    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStringField("label", label);
      out.writeNumberField("created", createdMillis);
    }

    static Tenant read(JsonBody body) {
      return new Tenant(body.text("label").orElse(""), body.whole("created").orElse(0));
    }

    ApiReply reply(int status, String id) {
      return ApiReply.json(
          status,
          out -> {
            out.writeStringField("tenant_id", id);
            out.writeStringField("label", label);
            out.writeStringField("created_at", GoTime.format(createdMillis));
            out.writeStringField("updated_at", GoTime.format(createdMillis));
          });
    }
  }

  CompletionStage<ApiReply> create(JsonBody body) {
    long now = System.currentTimeMillis();
    var tenant = new Tenant(Label.required(body.text("label").orElse("")), now);
    String id = GoUuid.inOrder(now);
    return ready.then(
        () ->
            Asking.reply(
                ports.submit(ports.names().tenantLabel(tenant.label()), creation(id, tenant)),
                decision -> created(decision, id, tenant)));
  }

  private Batch creation(String id, Tenant tenant) {
    var put = new Event.Put(1, Optional.empty()).bringing(tenant.onTerms(ready.terms()));
    return Batch.together(
        List.of(
            new Batch.Part(ports.names().tenantLabel(tenant.label()), ONLY_ONCE),
            new Batch.Part(ports.names().tenant(id), put)));
  }

  /** What stands for a label, which is there once. */
  static final Write ONLY_ONCE = Write.of(new Write.Replace(1)).onlyIf(Write.If.ABSENT);

  private static ApiReply created(Decision decision, String id, Tenant tenant) {
    return switch (decision.outcome()) {
      case ACCEPTED -> tenant.reply(201, id);
      case REFUSED -> EXISTS;
      default -> ApiReply.undecided(decision);
    };
  }

  /** A tenant, where there is one. */
  CompletionStage<Told<Optional<Tenant>>> find(String id) {
    return ports.ask(
        Description.question(ports.names().tenant(id)),
        policy -> Description.of(policy).map(Tenant::read));
  }

  CompletionStage<ApiReply> read(String id) {
    return Asking.found(find(id), ApiReply.NO_TENANT, tenant -> tenant.reply(200, id).now());
  }
}
