package io.countess.door.http;

import io.countess.door.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The API's description, and a page to browse it that needs nothing from elsewhere. Both hold
 * nothing of a deployment, so they are open: a browser can't send a key for a page.
 */
final class DocsRoutes {
  private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** Swagger UI styles its elements one by one, so styles may stand inline; scripts may not. */
  private static final String ONLY_FROM_HERE =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Map<String, File> files;

  /** A file of the page. */
  private record File(String resource, String type) {}

  DocsRoutes() {
    String swagger = "/META-INF/resources/webjars/swagger-ui/" + webjarVersion() + "/";
    this.files =
        Map.of(
            "docs.js", new File("docs.js", SCRIPT),
            "swagger-ui.css", new File(swagger + "swagger-ui.css", "text/css; charset=utf-8"),
            "swagger-ui-bundle.js", new File(swagger + "swagger-ui-bundle.js", SCRIPT),
            "favicon-32x32.png", new File(swagger + "favicon-32x32.png", "image/png"));
  }

  List<Route> routes() {
    return List.of(
        Route.get("/", this::root).needing(Access.OPEN),
        Route.get("/openapi.json", this::description).needing(Access.OPEN),
        Route.get("/docs", this::page).needing(Access.OPEN),
        Route.get("/docs/{file}", this::file).needing(Access.OPEN));
  }

  private void root(Call call) {
    call.exchange().answer(new Reply(302, HTML, new byte[0]).with("Location", "docs"));
  }

  private void description(Call call) {
    call.exchange().answer(new Reply(200, Reply.JSON, read("openapi.json")));
  }

  private void page(Call call) {
    call.exchange()
        .answer(
            new Reply(200, HTML, read("docs.html"))
                .with("Content-Security-Policy", ONLY_FROM_HERE)
                .with("X-Content-Type-Options", "nosniff"));
  }

  private void file(Call call) {
    File file = files.get(call.names().get(0));
    if (file == null) {
      throw new ProblemException(
          Problem.of(ProblemType.NOT_FOUND, "this is no file of the page at /docs"));
    }
    call.exchange()
        .answer(
            new Reply(200, file.type(), read(file.resource()))
                .with("Cache-Control", "max-age=3600")
                .with("X-Content-Type-Options", "nosniff"));
  }

  private static byte[] read(String resource) {
    try (InputStream in = DocsRoutes.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String webjarVersion() {
    try (InputStream in = DocsRoutes.class.getResourceAsStream(WEBJAR)) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
