package io.github.measuredboot.examples.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Small files, in whatever file system the cluster uses. */
final class OutputFiles {
    private static final String JSON = ".json";

    private OutputFiles() {}

    static void write(SparkSession spark, String path, String text) throws IOException {
        try (OutputStream out = files(spark, path).create(new Path(path), true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Reads a state for all clusters, or a folder with one for each, as {@link FleetJob} writes it. */
    static Map<String, String> readStates(SparkSession spark, String path) throws IOException {
        FileSystem files = files(spark, path);
        Map<String, String> states = new TreeMap<>();
        boolean isFolder = files.getFileStatus(new Path(path)).isDirectory();
        for (FileStatus file : files.listStatus(new Path(path))) {
            String name = file.getPath().getName();
            if (!isFolder || name.endsWith(JSON)) {
                try (InputStream in = files.open(file.getPath())) {
                    states.put(
                            isFolder ? name.substring(0, name.length() - JSON.length()) : States.ALL,
                            new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return states;
    }

    private static FileSystem files(SparkSession spark, String path) throws IOException {
        return new Path(path).getFileSystem(spark.sparkContext().hadoopConfiguration());
    }
}
