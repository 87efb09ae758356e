package io.countess.client;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.codec.PolicyCodec;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** A policy that is to be in force from now on. */
record PolicyChange(Policy policy, OnChange onChange) {
  HttpRequest request(HttpRequest.Builder request) {
    var body = BodyPublishers.ofByteArray(AnswerJson.write(this::write));
    return request.header("Content-Type", "application/json").PUT(body).build();
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeFieldName("policy");
    PolicyCodec.write(policy, out);
    out.writeStringField("onChange", onChange == OnChange.RESET ? "reset" : "keep");
    out.writeEndObject();
  }
}
