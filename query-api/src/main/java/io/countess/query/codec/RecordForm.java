package io.countess.query.codec;

import io.countess.event.InvalidInputException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** A record type, taken apart and put together by its components. */
final class RecordForm {
  private static final ClassValue<RecordForm> ALL =
      new ClassValue<>() {
        @Override
        protected RecordForm computeValue(Class<?> type) {
          return new RecordForm(type);
        }
      };

  private final Class<?> type;
  private final List<RecordComponent> components;
  private final Constructor<?> constructor;

  private RecordForm(Class<?> type) {
    this.type = type;
    components = List.of(type.getRecordComponents());
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static RecordForm of(Class<?> type) {
    return ALL.get(type);
  }

  /** The interface whose cases are told apart by their names, if the record is such a case. */
  static boolean isCase(Class<?> type) {
    return type.isRecord() && Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
  }

  List<RecordComponent> components() {
    return components;
  }

  Object get(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException bug) {
      throw new IllegalStateException(component.toString(), bug);
    }
  }

  /**
   * Makes a record of the values of its components.
   *
   * @throws InvalidInputException where the record refuses them
   */
  Object create(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof InvalidInputException invalid) {
        throw invalid;
      }
      throw new IllegalStateException(type.toString(), refused);
    } catch (ReflectiveOperationException bug) {
      throw new IllegalStateException(type.toString(), bug);
    }
  }
}
