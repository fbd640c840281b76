package io.github.measuredboot.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Standard output whose loss ends the command instead of being noted for later: the rest would be worked out for nobody. */
final class StandardOutput extends OutputStream {
    /** Standard output is closed, or its disk is full. */
    static final class Lost extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        Lost(IOException cause) {
            super(cause);
        }
    }

    private final OutputStream out;
    private boolean isLost;

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    boolean isLost() {
        return isLost;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) {
        try {
            out.write(bytes, start, length);
        } catch (IOException e) {
            isLost = true;
            throw new Lost(e);
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            isLost = true;
            throw new Lost(e);
        }
    }
}
