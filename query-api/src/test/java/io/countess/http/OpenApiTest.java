package io.countess.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The description says what the code does: no route more, none less. */
class OpenApiTest {
  @RegisterExtension final Api api = new Api();

  private JsonNode description;
  private List<Route> routes;

  @BeforeEach
  void read() {
    var response = api.get("/openapi.json");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    description = Api.json(response);
    routes = HttpServer.routes(api.queries, api.commands, api.registry, api.admission);
  }

  @Test
  void shouldDescribeEveryRouteAndNoOther() {
    var described = new TreeSet<String>();
    eachOperation(it -> described.add(it.method() + " " + it.path()));

    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            routes.stream().map(it -> it.method() + " " + it.template()).toList());
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
            new Operation(path.getKey(), method.getKey().toUpperCase(), method.getValue()));
      }
    }
  }

  private JsonNode operation(Route route) {
    return description.get("paths").get(route.template()).get(route.method().toLowerCase());
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
