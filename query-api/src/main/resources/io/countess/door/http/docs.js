// The operations that name counters in Base64 are the others once more, so they are folded away.
const ui = SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  validatorUrl: null,
  onComplete: () => ui.layoutActions.show(["operations-tag", "Base64"], false)
});
