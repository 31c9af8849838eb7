package dev.matrix.tax.id;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The logging of this module's tests: what our own code logs is kept while a test listens, and nothing is printed. */
public final class RecordedLogs implements SLF4JServiceProvider {

    private static volatile @Nullable Queue<String> listening;

    /** What is logged, at any level, while work is done. */
    static List<String> during(Runnable work) {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        listening = lines;
        try {
            work.run();
        } finally {
            listening = null;
        }
        return List.copyOf(lines);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return Recorder::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return new BasicMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    private static final class Recorder extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        private Recorder(String name) {
            this.name = name;
        }

        private boolean isOn() {
            return listening != null && getName().startsWith("dev.matrix");
        }

        @Override
        public boolean isTraceEnabled() {
            return isOn();
        }

        @Override
        public boolean isDebugEnabled() {
            return isOn();
        }

        @Override
        public boolean isInfoEnabled() {
            return isOn();
        }

        @Override
        public boolean isWarnEnabled() {
            return isOn();
        }

        @Override
        public boolean isErrorEnabled() {
            return isOn();
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Recorder.class.getName();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            Queue<String> lines = listening;
            if (lines != null) {
                lines.add(MessageFormatter.basicArrayFormat(pattern, arguments) + (thrown == null ? "" : " " + thrown));
            }
        }
    }
}
