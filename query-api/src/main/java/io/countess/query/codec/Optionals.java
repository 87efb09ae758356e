package io.countess.query.codec;

import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Components of records that may be left out. */
final class Optionals {
  private static final Map<Class<?>, Object> EMPTY =
      Map.of(
          Optional.class, Optional.empty(),
          OptionalLong.class, OptionalLong.empty(),
          OptionalInt.class, OptionalInt.empty(),
          OptionalDouble.class, OptionalDouble.empty());

  private Optionals() {}

  /** Reads a value of a type. */
  interface Reader {
    Object read(Type type) throws IOException;
  }

  /** What stands for a component that is there. */
  static Object full(Type type, Reader reader) throws IOException {
    if (type == OptionalLong.class) {
      return OptionalLong.of((Long) reader.read(long.class));
    } else if (type == OptionalInt.class) {
      return OptionalInt.of((Integer) reader.read(int.class));
    } else if (type == OptionalDouble.class) {
      return OptionalDouble.of((Double) reader.read(double.class));
    } else if (type instanceof ParameterizedType it && it.getRawType() == Optional.class) {
      return Optional.of(reader.read(it.getActualTypeArguments()[0]));
    }
    return reader.read(type);
  }

  /**
   * What stands for a component that is not there.
   *
   * @throws InvalidInputException where it has to be
   */
  static Object empty(RecordComponent component) {
    Object empty = EMPTY.get(component.getType());
    if (empty == null) {
      throw new InvalidInputException(component.getName(), "is missing");
    }
    return empty;
  }
}
