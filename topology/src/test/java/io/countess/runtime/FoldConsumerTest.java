package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

/** A member of the group stays in it over its end only if it comes back. */
class FoldConsumerTest {
  private static final Map<String, Object> NOBODY_THERE =
      Map.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1",
          ConsumerConfig.GROUP_ID_CONFIG, "countess");

  @Test
  void shouldLeaveTheGroupWhereItIsToStay() {
    assertThat(closed(NOBODY_THERE)).isEqualTo(GroupMembershipOperation.LEAVE_GROUP);
  }

  @Test
  void shouldStayUnderANameOfItsOwn() {
    var named = new HashMap<>(NOBODY_THERE);
    named.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "countess-1");

    assertThat(closed(named)).isEqualTo(GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  /** What becomes of what Kafka Streams asks for when a thread has died. */
  private static GroupMembershipOperation closed(Map<String, Object> settings) {
    var option = CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP);
    new FoldConsumer(settings, closing -> {}).close(option.withTimeout(Duration.ZERO));
    return option.groupMembershipOperation();
  }
}
