package io.countess.client;

import io.countess.event.LogFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** The cluster has no log, or can't be reached. */
public final class LogNotThereException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private LogNotThereException(String message, Throwable cause) {
    super(message, cause);
  }

  static void requireLog(PutsConfig config) {
    // The first look at a cluster takes longer than waiting for room in a buffer should.
    int within = (int) Math.max(10_000, config.maxWait().toMillis());
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.keySet().retainAll(AdminClientConfig.configNames());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, within);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, within);
    try (var admin = Admin.create(settings)) {
      var options = new DescribeTopicsOptions().timeoutMs(within);
      admin.describeTopics(List.of(LogFormat.EVENTS_TOPIC), options).allTopicNames().get();
    } catch (ExecutionException absent) {
      throw because(absent.getCause(), config);
    } catch (KafkaException unusable) {
      // Which of the servers or settings it is stands in the cause, where there is one.
      throw because(unusable.getCause() == null ? unusable : unusable.getCause(), config);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private static LogNotThereException because(Throwable cause, PutsConfig config) {
    String message =
        "no log at %s: topic %s: %s"
            .formatted(config.bootstrapServers(), LogFormat.EVENTS_TOPIC, cause.getMessage());
    return new LogNotThereException(message, cause);
  }
}
