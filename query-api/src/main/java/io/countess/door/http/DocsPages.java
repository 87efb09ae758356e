package io.countess.door.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/**
 * The API's description, and a page to browse it that needs nothing from elsewhere. Both hold
 * nothing of a deployment, so they are open: a browser can't send a key for a page.
 */
final class DocsPages {
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

  DocsPages() {
    String swagger = "/META-INF/resources/webjars/swagger-ui/" + webjarVersion() + "/";
    this.files =
        Map.of(
            "docs.js", new File("docs.js", SCRIPT),
            "swagger-ui.css", new File(swagger + "swagger-ui.css", "text/css; charset=utf-8"),
            "swagger-ui-bundle.js", new File(swagger + "swagger-ui-bundle.js", SCRIPT),
            "favicon-32x32.png", new File(swagger + "favicon-32x32.png", "image/png"));
  }

  /** What shows each page, by its path. */
  Map<String, Handler> pages() {
    return Map.of(
        "/",
        page -> page.redirect("docs"),
        "/openapi.json",
        page -> show(page, Reply.JSON, "openapi.json"),
        "/docs",
        this::docs,
        "/docs/{file}",
        this::file);
  }

  private void docs(Context page) {
    page.header("Content-Security-Policy", ONLY_FROM_HERE);
    page.header("X-Content-Type-Options", "nosniff");
    show(page, HTML, "docs.html");
  }

  private void file(Context page) {
    File file = files.get(page.pathParam("file"));
    if (file == null) {
      throw new NotFoundResponse("this is no file of the page at /docs");
    }
    page.header("Cache-Control", "max-age=3600");
    page.header("X-Content-Type-Options", "nosniff");
    show(page, file.type(), file.resource());
  }

  private static void show(Context page, String type, String resource) {
    page.contentType(type).result(read(resource));
  }

  private static byte[] read(String resource) {
    try (InputStream in = DocsPages.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String webjarVersion() {
    try (InputStream in = DocsPages.class.getResourceAsStream(WEBJAR)) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
