import com.adobe.epubcheck.tool.EpubChecker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks many ebooks in one JVM: EPUBCheck takes seconds to load its schemas, and a fraction of one for each book after that.
 *
 * Arguments: a file of severities, a folder for reports, how many seconds a book may take, then the books. The report on the
 * n-th book, counted from 0, is `n.json`, which is there only when it is whole. A book that EPUBCheck does not get through has
 * `n.why` instead, and the others go on. Where both are there, EPUBCheck found fault with the book, or met a failure of its own
 * that its report keeps silent about: it catches even OutOfMemoryError.
 */
public final class EpubCheckBatch {
    public static void main(String[] arguments) throws InterruptedException, IOException {
        Path reports = Path.of(arguments[1]);
        long seconds = Long.parseLong(arguments[2]);
        for (int book = 0; book < arguments.length - 3; book++) {
            Path why = reports.resolve(book + ".why"), whole = reports.resolve(book + ".json"), part = reports.resolve(book + ".part");
            String[] told = {
                arguments[book + 3], "--quiet", "--locale", "en", "--customMessages", arguments[0],
                "--json", part.toString()
            };
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            System.setErr(new PrintStream(said, true));
            Thread thread = new Thread(() -> {
                if (new EpubChecker().run(told) != 0) {
                    tell(why, "it failed with " + said.toString().lines().findFirst().orElse("no word"));
                }
                move(part, whole);
            });
            thread.setUncaughtExceptionHandler((of, error) -> tell(why, "it failed with " + error));
            thread.setDaemon(true);
            thread.start();
            thread.join(1000 * seconds);
            if (thread.isAlive()) {
                tell(why, "it was stopped after " + seconds + " s");
            }
        }
    }

    private static void move(Path part, Path whole) {
        try {
            Files.move(part, whole);
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }

    private static void tell(Path why, String words) {
        try {
            Files.writeString(why, words);
        } catch (IOException error) {
            System.out.println(words);
        }
    }
}
