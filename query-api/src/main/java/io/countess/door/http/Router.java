package io.countess.door.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds the route of a raw request path. The path is taken apart at its slashes before anything in
 * it is decoded, so a name may hold an encoded slash, dots or percent signs. HEAD goes where GET
 * goes.
 */
final class Router {
  private final Node root = new Node();

  Router(List<Route> routes) {
    routes.forEach(this::add);
  }

  /**
   * Where a path leads.
   *
   * @param route null where there is none for this method
   * @param names what stands in the places of the template's names, still encoded
   * @param allowed the methods that the path takes; empty for an unknown path
   */
  record Match(Route route, List<String> names, List<String> allowed) {
    /** Whether no thread need be kept for it. */
    boolean isQuick() {
      return route != null && route.isQuick();
    }
  }

  /** Finds where {@code rawPath} leads. */
  Match match(String method, String rawPath) {
    var names = new ArrayList<String>(2);
    Node node = root;
    int at = rawPath.startsWith("/") ? 1 : rawPath.length() + 1;
    while (node != null && at <= rawPath.length()) {
      int slash = rawPath.indexOf('/', at);
      int end = slash < 0 ? rawPath.length() : slash;
      node = node.next(rawPath.substring(at, end), names);
      at = end + 1;
    }
    if (node == null || node == root) {
      return new Match(null, names, List.of());
    }
    return new Match(node.routes.get(method.equals("HEAD") ? "GET" : method), names, node.allowed);
  }

  private void add(Route route) {
    Node node = root;
    for (String segment : Arrays.asList(route.template().substring(1).split("/", -1))) {
      node = node.reach(segment);
    }
    node.take(route);
  }

  /** What can follow a slash. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, Route> routes = new HashMap<>();
    private List<String> allowed = List.of();
    private Node anyName;

    Node next(String segment, List<String> names) {
      Node literal = literals.get(segment);
      if (literal == null && anyName != null) {
        names.add(segment);
        return anyName;
      }
      return literal;
    }

    Node reach(String segment) {
      if (!segment.startsWith("{")) {
        return literals.computeIfAbsent(segment, name -> new Node());
      }
      if (anyName == null) {
        anyName = new Node();
      }
      return anyName;
    }

    void take(Route route) {
      if (routes.put(route.method(), route) != null) {
        throw new IllegalStateException("two routes for " + route);
      }
      var methods = new TreeSet<>(routes.keySet());
      if (routes.containsKey("GET")) {
        methods.add("HEAD");
      }
      allowed = List.copyOf(methods);
    }
  }
}
