import com.adobe.epubcheck.tool.EpubChecker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks many ebooks in one JVM: EPUBCheck takes seconds to load its schemas, and a fraction of one for each book after that.
 *
 * Arguments: a file of severities, a folder for reports, how many seconds a book may take, then the books. The report on the
 * n-th book, counted from 0, is `n.json`. A book that EPUBCheck does not get through has `n.why` instead, and the others go on.
 */
public final class EpubCheckBatch {
    public static void main(String[] arguments) throws InterruptedException, IOException {
        Path reports = Path.of(arguments[1]);
        long seconds = Long.parseLong(arguments[2]);
        for (int book = 0; book < arguments.length - 3; book++) {
            Path why = reports.resolve(book + ".why");
            String[] told = {
                arguments[book + 3], "--quiet", "--locale", "en", "--customMessages", arguments[0],
                "--json", reports.resolve(book + ".json").toString()
            };
            // What was found stands in the report. The status that `run` returns adds nothing to it.
            Thread thread = new Thread(() -> new EpubChecker().run(told));
            thread.setUncaughtExceptionHandler((of, error) -> tell(why, "it failed with " + error));
            thread.setDaemon(true);
            thread.start();
            thread.join(1000 * seconds);
            if (thread.isAlive()) {
                tell(why, "it was stopped after " + seconds + " s");
            }
        }
    }

    private static void tell(Path why, String words) {
        try {
            Files.writeString(why, words);
        } catch (IOException error) {
            System.err.println(words);
        }
    }
}
