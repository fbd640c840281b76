package io.github.measuredboot.cli;

import java.util.List;

record PcrList(List<Integer> pcrs) {
    boolean contains(int pcr) {
        return pcrs.contains(pcr);
    }
}
