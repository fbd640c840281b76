package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import java.io.PrintWriter;

/** The formats of a report: a new one is a constant here and its option in {@link ReportingCommand}. */
enum OutputFormat {
    TEXT {
        @Override
        void print(Report report, PrintWriter out) {
            report.lines(out::println);
        }
    },

    JSON {
        @Override
        void print(Report report, PrintWriter out) {
            DataWriter.writeTo(out, report::members);
            out.println();
        }
    };

    abstract void print(Report report, PrintWriter out);
}
