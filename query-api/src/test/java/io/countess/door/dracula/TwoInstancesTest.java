package io.countess.door.dracula;

import static io.countess.door.dracula.Wire.number;
import static io.countess.door.dracula.Wire.packet;
import static io.countess.door.dracula.Wire.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.Group;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log takes the place of replication: each instance answers for all of them. */
class TwoInstancesTest {
  private static final Map<Setting, String> OPEN =
      Map.of(Setting.DRACULA, "true", Setting.DRACULA_PORT, "0", Setting.DRACULA_REST_PORT, "off");

  @TempDir Path data;

  @Test
  void shouldCountAtOneWhatWasPutAtTheOther() throws Exception {
    try (var group = new Group(data)) {
      Group.Member one = group.start("one", OPEN);
      Group.Member two = group.start("two", OPEN);
      Group.awaitShared(one, two);
      try (UdpPeer first = to(one);
          UdpPeer second = to(two)) {
        for (int i = 1; i <= 20; i++) {
          byte[] put = packet('P', "shared", "k" + i);
          byte[] count = packet('C', "shared", "k" + i);
          assertThat(first.ask(put)).isEqualTo(reply(put, 'P', ""));
          assertThat(second.ask(count)).isEqualTo(number(count, 1));
          assertThat(second.ask(put)).isEqualTo(reply(put, 'P', ""));
          assertThat(first.ask(count)).isEqualTo(number(count, 2));
        }
        byte[] namespace = packet('N', "shared", "");
        assertThat(first.ask(namespace)).isEqualTo(number(namespace, 40));
        assertThat(second.ask(namespace)).isEqualTo(number(namespace, 40));
      }
    }
  }

  private static UdpPeer to(Group.Member member) {
    return UdpPeer.to(member.countess().dracula().orElseThrow().port());
  }
}
