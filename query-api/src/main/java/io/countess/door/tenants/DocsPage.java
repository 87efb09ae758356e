package io.countess.door.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** Says in a browser what there is. */
final class DocsPage {
  private static final String HTML =
      """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Counter API</title></head>
      <body>
      <h1>Counter API</h1>
      <p>Served by Countess. Show a key in the header <code>X-API-Key</code>.</p>
      <pre>
      POST /tenants                                        {"label"}
      GET  /tenants/{tenant}
      GET  /tenants/{tenant}/counters?limit&amp;cursor
      POST /tenants/{tenant}/counters                      {"label","initial_value","max_delta"}
      GET  /tenants/{tenant}/counters/{counter}
      POST /tenants/{tenant}/counters/{counter}/inc?delta
      POST /tenants/{tenant}/counters/{counter}/set        {"value"}
      GET  /v2/tenants/{tenant}/counters/{counter}
      POST /v2/tenants/{tenant}/counters/{counter}/inc?delta
      POST /v2/tenants/{tenant}/counters/{counter}/set     {"value"}
      GET  /v2/tenants/{tenant}/counters/{counter}/operations?limit&amp;cursor
      POST /v2/tenants/{tenant}/credentials                {"scopes","expires_at"}
      POST /v2/tenants/{tenant}/credentials/{credential}/rotate
      POST /v2/tenants/{tenant}/credentials/{credential}/revoke
      POST /v2/admin/credentials                           {"scopes","expires_at"}
      GET  /livez   GET /readyz   GET /metrics
      </pre>
      </body>
      </html>
      """;

  static final ApiReply REPLY =
      new ApiReply(200, "text/html; charset=utf-8", HTML.getBytes(UTF_8), Map.of());

  private DocsPage() {}
}
