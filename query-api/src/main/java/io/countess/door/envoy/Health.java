package io.countess.door.envoy;

import io.countess.door.Floor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;

/** Whether requests can be answered, in the words of gRPC's health service. */
final class Health {
  /** Those that Envoy, and clients of envoyproxy/ratelimit, ask about. */
  private static final List<String> SERVICES =
      List.of(
          HealthStatusManager.SERVICE_NAME_ALL_SERVICES,
          "ratelimit",
          RateLimitServiceGrpc.SERVICE_NAME);

  private final Floor floor;
  private final HealthStatusManager statuses = new HealthStatusManager();
  private volatile boolean isStopping;

  Health(Floor floor) {
    this.floor = floor;
    tell(ServingStatus.NOT_SERVING);
  }

  BindableService service() {
    return statuses.getHealthService();
  }

  boolean isServing() {
    return !isStopping && floor.readiness().ready();
  }

  /** Tells who asked to be told. */
  void look() {
    tell(isServing() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  private void tell(ServingStatus status) {
    SERVICES.forEach(service -> statuses.setStatus(service, status));
  }

  /** Tells that it stops, from now on. */
  void stopping() {
    if (!isStopping) {
      isStopping = true;
      statuses.enterTerminalState();
    }
  }
}
