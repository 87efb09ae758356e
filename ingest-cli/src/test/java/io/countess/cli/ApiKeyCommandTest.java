package io.countess.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ApiKeyCommandTest {
  private final Cli cli = new Cli();

  @Test
  void shouldShowTheKeyAndItsHash() throws Exception {
    var ran = cli.run("api-key", "new", "checkout", "--scopes", "write,read");
    assertThat(ran.exitCode()).isZero();
    var lines = ran.out().lines().toList();
    String key = lines.get(0).replaceFirst("key: +", "");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    assertThat(key).matches("[A-Za-z0-9_-]{43}");
    assertThat(lines.get(1))
        .isEqualTo("line: checkout read,write sha256:" + HexFormat.of().formatHex(hash));
  }

  @Test
  void shouldShowThemAsJson() {
    var ran = cli.run("api-key", "new", "x", "--scopes", "admin", "--output", "json");
    assertThat(ran.out())
        .matches("\\{\"key\":\"[^\"]{43}\",\"line\":\"x admin sha256:[0-9a-f]{64}\"}\n");
    assertThat(cli.run("api-key", "new", "x", "--scopes", "admin").out()).isNotEqualTo(ran.out());
  }

  @Test
  void shouldLimitAKeyToNamespaces() {
    var ran =
        cli.run(
            "api-key",
            "new",
            "shop",
            "--scopes",
            "read",
            "--grant",
            "write,admin@billing/*,logins",
            "--grant",
            "write@a%20b");

    assertThat(ran.out().lines().toList().get(1))
        .matches("line: shop read write,admin@billing/\\*,logins write@a%20b sha256:[0-9a-f]{64}");
  }

  @Test
  void shouldRefuseGrantsThatTheFileCouldNotHold() {
    assertThat(grant("read@[a"))
        .isEqualTo(
            "countess: --grant is wrong: pattern is '[a', where ']' is missing after '['; \\[ stands"
                + " for itself\n");
    assertThat(grant("reed@a"))
        .isEqualTo(
            "countess: --grant is wrong: scope is 'reed'; it must be read, write or admin\n");
    assertThat(grant("read@a b"))
        .isEqualTo(
            "countess: --grant is 'read@a b'; it must be as read@billing/*, with %20 for a"
                + " blank\n");
    assertThat(grant("read"))
        .isEqualTo(
            "countess: --grant is 'read'; it must be as read@billing/*, with %20 for a blank\n");
    assertThat(cli.run("api-key", "new", "a").err())
        .isEqualTo("countess: --scopes is missing, or a grant for some namespaces\n");
  }

  private String grant(String grant) {
    return cli.run("api-key", "new", "a", "--grant", grant).err();
  }

  @Test
  void shouldRefuseWhatTheFileCouldNotHold() {
    assertThat(cli.run("api-key", "new", "a b", "--scopes", "read").err())
        .isEqualTo("countess: name must be 1 to 64 characters, no blanks, no # first\n");
    assertThat(cli.run("api-key", "new", "#a", "--scopes", "read").exitCode()).isEqualTo(2);
    assertThat(cli.run("api-key", "new", "a", "--scopes", "root").err())
        .isEqualTo("countess: --scopes has 'root' in it; there are read, write and admin\n");
    assertThat(cli.run("api-key", "new", "a").exitCode()).isEqualTo(2);
  }
}
