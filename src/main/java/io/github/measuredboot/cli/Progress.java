package io.github.measuredboot.cli;

import java.io.PrintWriter;
import java.util.Timer;
import java.util.TimerTask;

/** A line on a terminal that says what a command works on, from its second second on; it is gone before anything else is printed. */
final class Progress {
    private static final long SECOND = 1000;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter terminal;
    private final Timer timer = new Timer("progress", true);
    private boolean isShown;
    private boolean isOver;

    private Progress(PrintWriter terminal) {
        this.terminal = terminal;
    }

    static Progress start(PrintWriter terminal, String work) {
        Progress progress = new Progress(terminal);
        long begin = System.nanoTime();
        progress.timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        progress.show(work + " ... " + Math.round((System.nanoTime() - begin) / 1e9) + " s");
                    }
                },
                SECOND,
                SECOND);
        return progress;
    }

    private synchronized void show(String line) {
        if (!isOver) {
            terminal.print(ERASE_LINE + line);
            terminal.flush();
            isShown = true;
        }
    }

    synchronized void end() {
        timer.cancel();
        isOver = true;
        if (isShown) {
            terminal.print(ERASE_LINE);
            terminal.flush();
            isShown = false;
        }
    }
}
