package org.yuanliu.industry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Makes packs from YAML files; one with a mistake is refused with the mistake's file and line. */
public final class PackLoader {
  private static final String FOLDER = "packs/";
  private static final String LIST = FOLDER + "list.yaml";
  private static final String COMMON_FILE = "common.yaml";

  /** What all packs share, read once. */
  private static final PackNode COMMON = common();

  private PackLoader() {}

  /**
   * The pack in a file.
   *
   * @param file the file's name, for messages
   * @param in its content in UTF-8, read to its end and left open
   * @throws PackException if the file breaks a rule; names as many mistakes as could be found
   * @throws UncheckedIOException if it can't be read
   */
  public static Pack load(String file, InputStream in) {
    requireNonNull(file, "file is null");
    requireNonNull(in, "in is null");
    try {
      // One byte more than allowed is enough to know that there are too many.
      byte[] yaml = in.readNBytes(PackNode.Reader.MAX_BYTES + 1);
      PackNode root = PackNode.Reader.read(file, yaml);
      return new PackReader(file)
          .with(COMMON, FOLDER + COMMON_FILE)
          .pack(root, new String(yaml, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the pack " + file, e);
    }
  }

  /** The packs that come with Yuanliu: the files that {@code packs/list.yaml} names. */
  public static PackSet bundled() {
    List<Pack> packs = new ArrayList<>();
    for (String name : bundledFiles()) {
      try (InputStream in = open(FOLDER + name)) {
        packs.add(load(FOLDER + name, in));
      } catch (IOException e) {
        throw new UncheckedIOException("can't read the pack " + name, e);
      }
    }
    return PackSet.of(packs);
  }

  private static PackNode common() {
    try (InputStream in = open(FOLDER + COMMON_FILE)) {
      return PackNode.Reader.read(FOLDER + COMMON_FILE, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("can't read what the packs share", e);
    }
  }

  static List<String> bundledFiles() {
    try (InputStream in = open(LIST)) {
      PackNode list = PackNode.Reader.read(LIST, in.readAllBytes());
      return new PackReader(LIST).texts(list);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the list of packs", e);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = PackLoader.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new FileNotFoundException(resource + " is not on the class path");
    }
    return in;
  }
}
