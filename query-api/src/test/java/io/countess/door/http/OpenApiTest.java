package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countess.answer.ProblemType;
import io.countess.door.Access;
import io.countess.event.codec.PolicyCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The description says what the code does: no route more, none less. */
class OpenApiTest {
  /** What policies of all kinds have. */
  private static final Set<String> OF_ALL =
      Set.of("kind", "description", "mode", "dedupe", "maxIds", "plans");

  @RegisterExtension final Api api = new Api();

  private JsonNode description;
  private List<Route> routes;

  @BeforeEach
  void read() {
    var response = api.get("/openapi.json");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    description = Api.json(response);
    routes = new ArrayList<>(HttpServer.routes(api.floor()));
    var loads = new Loads(HttpConfig.IDLE, api.queries);
    routes.addAll(new EventRoutes(api.floor(), loads).routes());
  }

  @Test
  void shouldDescribeEveryRouteAndNoOther() {
    var described = new TreeSet<String>();
    eachOperation(it -> described.add(it.method() + " " + it.path()));

    var served =
        new ArrayList<>(routes.stream().map(it -> it.method() + " " + it.template()).toList());
    new DocsPages().pages().keySet().forEach(path -> served.add("GET " + path));
    assertThat(described).containsExactlyInAnyOrderElementsOf(served);
    assertThat(description.get("openapi").asText()).isEqualTo("3.1.0");
  }

  @Test
  void shouldDescribeEveryParameterAndNoOther() {
    for (Route route : routes) {
      JsonNode operation = operation(route);
      assertThat(names(operation, "query")).as(route.toString()).isEqualTo(route.parameters());
      assertThat(names(operation, "path")).as(route.toString()).isEqualTo(templateNames(route));
    }
  }

  @Test
  void shouldSayWhichScopeARouteNeeds() {
    for (Route route : routes) {
      JsonNode security = operation(route).get("security");
      if (route.access() == Access.OPEN) {
        assertThat(security).as(route.toString()).isEmpty();
      } else {
        assertThat(security.get(0).get("key").get(0).asText())
            .as(route.toString())
            .isEqualTo(route.access().scope());
      }
    }
  }

  @Test
  void shouldDescribeEveryKindOfPolicyWithItsFields() {
    JsonNode schemas = description.get("components").get("schemas");
    JsonNode kinds = schemas.get("Policy").get("discriminator").get("mapping");

    assertThat(kinds.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(PolicyCodec.fieldsByKind().keySet());
    PolicyCodec.fieldsByKind()
        .forEach(
            (kind, fields) -> {
              String schema = kinds.get(kind).asText().replaceFirst(".*/", "");
              var described = new TreeSet<String>();
              schemas.get(schema).get("properties").fieldNames().forEachRemaining(described::add);
              var taken = new TreeSet<>(OF_ALL);
              taken.addAll(fields);
              assertThat(described).as(kind).isEqualTo(taken);
            });
  }

  @Test
  void shouldListEveryTypeOfProblem() {
    var listed = new ArrayList<String>();
    description
        .at("/components/schemas/Problem/properties/type/enum")
        .forEach(type -> listed.add(type.asText()));

    assertThat(listed)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList());
  }

  @Test
  void shouldAllowWhatIsAnswered() {
    String released = "/components/schemas/Decision/properties/released";
    assertThat(description.at(released + "/type").asText()).isEqualTo("integer");
    assertThat(description.at(released + "/minimum").isMissingNode())
        .as("the release of a negative put takes less than 0 back")
        .isTrue();
  }

  /** Generated clients send what has a default, and most fields are for some ops only. */
  @Test
  void shouldLetNoClientAddFieldsToALine() {
    JsonNode line = description.at("/components/schemas/EventLine");
    for (JsonNode property : line.get("properties")) {
      JsonNode schema = property.has("$ref") ? referred(property) : property;
      assertThat(schema.has("default")).as(property.toString()).isFalse();
    }
  }

  /** A client takes what it calls JSON for one value, and would put all lines in quotes. */
  @Test
  void shouldDescribeALoadAsText() {
    var content = description.at("/paths/~1v1~1events/post/requestBody/content");

    assertThat(content.fieldNames()).toIterable().containsExactly("text/plain");
    assertThat(content.at("/text~1plain/schema/type").asText()).isEqualTo("string");
    assertThat(content.at("/text~1plain/schema/contentSchema/$ref").asText()).endsWith("EventLine");
  }

  /** A flag that is only sent where it holds is a flag all the same. */
  @Test
  void shouldNotCallAFlagAConstant() {
    for (JsonNode constant : description.findParents("const")) {
      assertThat(constant.get("type").asText()).isEqualTo("string");
    }
  }

  /** Of others, clients are generated with names such as InlineObject1. */
  @Test
  void shouldNameEveryObjectThatHasFields() {
    for (var schema : description.at("/components/schemas").properties()) {
      for (JsonNode items : schema.getValue().findValues("items")) {
        assertThat(items.has("properties")).as(schema.getKey()).isFalse();
      }
    }
    for (JsonNode content : description.findValues("content")) {
      for (JsonNode type : content) {
        JsonNode schema = type.get("schema");
        assertThat(schema.has("properties") || schema.has("oneOf")).as(type.toString()).isFalse();
      }
    }
  }

  /** Relative to where it is served, so that a proxy may put it below a path. */
  @Test
  void shouldBeServedBelowAnyPath() {
    assertThat(description.at("/servers")).hasSize(1);
    assertThat(description.at("/servers/0/url").asText()).isEqualTo(".");
  }

  /** The page folds them away: they are the others once more. */
  @Test
  void shouldKeepOperationsThatNameInBase64Apart() {
    for (Route route : routes) {
      String tag = operation(route).at("/tags/0").asText();
      assertThat(tag.equals("Base64"))
          .as(route.toString())
          .isEqualTo(route.parameters().contains("nsBase64"));
    }
    assertThat(api.get("/docs/docs.js").body()).contains("\"Base64\"], false)");
  }

  @Test
  void shouldSayThatKeysAreNeededOnlyWhereThereAreSome() {
    for (Route route : routes) {
      if (route.access() != Access.OPEN) {
        assertThat(operation(route).get("security")).hasSize(2);
        assertThat(operation(route).at("/security/1")).isEmpty();
      }
    }
  }

  @Test
  void shouldReferToNothingThatIsNotThere() {
    for (JsonNode reference : description.findValues("$ref")) {
      assertThat(description.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }

  @Test
  void shouldUseAllThatItDefines() {
    var used = new TreeSet<String>();
    description.findValues("$ref").forEach(reference -> used.add(reference.asText()));
    for (String kind : List.of("parameters", "schemas", "responses", "headers")) {
      description
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(name -> assertThat(used).contains("#/components/" + kind + "/" + name));
    }
  }

  @Test
  void shouldDescribeEachOperationInWords() {
    var ids = new ArrayList<String>();
    eachOperation(
        it -> {
          ids.add(it.node().get("operationId").asText());
          assertThat(it.node().get("summary").asText()).isNotBlank();
          assertThat(it.node().get("tags")).hasSize(1);
          assertThat(it.node().get("responses").fieldNames())
              .toIterable()
              .as(it.path())
              .anyMatch(status -> status.startsWith("2") || status.startsWith("3"));
        });

    assertThat(ids).doesNotHaveDuplicates();
  }

  /** A method on a path, as it is described. */
  private record Operation(String path, String method, JsonNode node) {}

  private void eachOperation(Consumer<Operation> consumer) {
    for (var path : description.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        consumer.accept(
            new Operation(
                path.getKey(), method.getKey().toUpperCase(Locale.ROOT), method.getValue()));
      }
    }
  }

  private JsonNode referred(JsonNode reference) {
    return description.at(reference.get("$ref").asText().substring(1));
  }

  private JsonNode operation(Route route) {
    return description
        .get("paths")
        .get(route.template())
        .get(route.method().toLowerCase(Locale.ROOT));
  }

  private Set<String> names(JsonNode operation, String in) {
    var names = new TreeSet<String>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode it =
          parameter.has("$ref")
              ? description.at(parameter.get("$ref").asText().substring(1))
              : parameter;
      if (it.get("in").asText().equals(in)) {
        names.add(it.get("name").asText());
      }
    }
    return names;
  }

  private static Set<String> templateNames(Route route) {
    var names = new TreeSet<String>();
    var matcher = Pattern.compile("\\{([a-z]+)}").matcher(route.template());
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
