package io.countess.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.answer.codec.AnswerForm;
import io.countess.answer.codec.Fields;
import java.io.IOException;

/** Whether a policy change has been applied as JSON: {@code applied}. */
final class AppliedJson implements Fields<Boolean> {
  static final AnswerForm<Boolean> FORM =
      new AnswerForm<>((it, out) -> out.writeBooleanField("applied", it), AppliedJson::new);

  private boolean applied;

  @Override
  public void take(String field, JsonParser in) throws IOException {
    applied |= field.equals("applied") && in.currentToken() == JsonToken.VALUE_TRUE;
    in.skipChildren();
  }

  @Override
  public Boolean value() {
    return applied;
  }
}
