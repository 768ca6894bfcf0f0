import com.adobe.epubcheck.tool.EpubChecker;

import java.nio.file.Path;

/**
 * Checks many ebooks in one JVM: EPUBCheck takes seconds to load its schemas, and a fraction of one for each book after that.
 *
 * Arguments: a file of severities, a folder for reports, then the books. The report on the n-th book, counted from 0, is `n.json`.
 */
public final class EpubCheckBatch {
    public static void main(String[] arguments) {
        String severities = arguments[0];
        Path reports = Path.of(arguments[1]);
        for (int book = 0; book < arguments.length - 2; book++) {
            String report = reports.resolve(book + ".json").toString();
            // What was found stands in the report. The status that `run` returns adds nothing to it.
            new EpubChecker().run(new String[] {
                arguments[book + 2], "--quiet", "--locale", "en", "--customMessages", severities, "--json", report
            });
        }
    }
}
