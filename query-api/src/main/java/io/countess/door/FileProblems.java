package io.countess.door;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says why a file can't be read, in words for whoever named it. */
public final class FileProblems {
  private FileProblems() {}

  /** The reason, as the rest of a sentence. */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    } else if (failure instanceof AccessDeniedException) {
      return "access is denied";
    } else if (failure instanceof MalformedInputException) {
      return "it is not UTF-8";
    } else if (failure instanceof FileSystemException it && it.getReason() != null) {
      return it.getReason();
    }
    return String.valueOf(failure.getMessage());
  }
}
