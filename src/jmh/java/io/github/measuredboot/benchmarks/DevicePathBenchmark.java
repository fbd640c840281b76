package io.github.measuredboot.benchmarks;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From bytes to text, path by path, over every device path of the captured boots: those of the images and of the boot
 * options. Prints the paths with {@code main}, for other programs to be measured on.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DevicePathBenchmark {
    private static final Path BOOTS = Path.of("testdata/boots");
    private static final Set<EventType> IMAGES =
            Set.of(EventType.EV_EFI_BOOT_SERVICES_APPLICATION, EventType.EV_EFI_BOOT_SERVICES_DRIVER);
    private static final Set<EventType> VARIABLES =
            Set.of(EventType.EV_EFI_VARIABLE_BOOT, EventType.EV_EFI_VARIABLE_BOOT2);

    @Param
    DevicePathTextForm form = DevicePathTextForm.UEFI;

    private Bytes[] paths = {};
    private int next;

    /** Loads the paths. */
    @Setup
    public void load() {
        paths = devicePaths().toArray(Bytes[]::new);
    }

    /**
     * One path.
     *
     * @return its text
     */
    @Benchmark
    public String decodeAndPrint() {
        next = next + 1 == paths.length ? 0 : next + 1;
        return DevicePath.decode(paths[next]).toText(form);
    }

    /**
     * Prints the paths, a line of hexadecimal digits for each.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        devicePaths().forEach(path -> System.out.println(path.toHex()));
    }

    private static List<Bytes> devicePaths() {
        try (Stream<Path> boots = Files.list(BOOTS)) {
            return boots.map(boot -> boot.resolve("eventlog.bin"))
                    .filter(Files::exists)
                    .sorted()
                    .flatMap(log -> BenchmarkLog.parse(BenchmarkLog.load(log.toString())).events().stream())
                    .flatMap(DevicePathBenchmark::devicePaths)
                    .map(path -> DevicePath.decode(path).encode())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("no captured boots", e);
        }
    }

    private static Stream<Bytes> devicePaths(Event event) {
        Bytes data = event.data();
        if (IMAGES.contains(event.claimedType())) {
            return Stream.of(data.slice(32, (int) data.u64(24))).filter(path -> !path.isEmpty());
        }
        if (!VARIABLES.contains(event.claimedType())) {
            return Stream.empty();
        }
        int nameSize = 2 * (int) data.u64(16);
        boolean isBootOption = nameSize == 16 && data.u16(32 + 8) != 'O';
        return isBootOption ? Stream.of(filePathOf(data.from(32 + nameSize))) : Stream.empty();
    }

    private static Bytes filePathOf(Bytes loadOption) {
        int endOfDescription = 6;
        while (loadOption.u16(endOfDescription) != 0) {
            endOfDescription += 2;
        }
        return loadOption.slice(endOfDescription + 2, loadOption.u16(4));
    }
}
