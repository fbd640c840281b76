package io.github.measuredboot.boot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which authority vouched for which image, as far as the order of the log leaves no choice. An authority is measured right before
 * or right after its image: most firmware measures it before, most versions of shim after. No image has two.
 */
final class AuthorityMatch<A> {
    private static final int NONE = -1;

    private final class Vouch {
        final A authority;
        final Set<Integer> candidates = new TreeSet<>();

        Vouch(A authority) {
            this.authority = authority;
        }
    }

    private final List<Vouch> vouches = new ArrayList<>();
    private final List<Vouch> sinceImage = new ArrayList<>();
    private int lastImage = NONE;

    void addAuthority(A authority) {
        Vouch vouch = new Vouch(authority);
        if (lastImage != NONE) {
            vouch.candidates.add(lastImage);
        }
        vouches.add(vouch);
        sinceImage.add(vouch);
    }

    void addImage(int image) {
        sinceImage.forEach(vouch -> vouch.candidates.add(image));
        if (sinceImage.size() == 2 && lastImage != NONE) {
            sinceImage.get(0).candidates.remove(image);
            sinceImage.get(1).candidates.remove(lastImage);
        }
        sinceImage.clear();
        lastImage = image;
    }

    /** What is measured between this and what came before shows that they do not belong together. */
    void interrupt() {
        sinceImage.clear();
        lastImage = NONE;
    }

    /** {@return the authorities by image; an image of which nothing certain can be said is left out} */
    SortedMap<Integer, A> match() {
        Map<Integer, List<Vouch>> byImage = new HashMap<>();
        vouches.forEach(vouch -> vouch.candidates.forEach(image ->
                byImage.computeIfAbsent(image, first -> new ArrayList<>()).add(vouch)));
        Deque<Vouch> certain = new ArrayDeque<>();
        vouches.stream().filter(vouch -> vouch.candidates.size() == 1).forEach(certain::add);
        SortedMap<Integer, A> matches = new TreeMap<>();
        Set<Integer> contested = new TreeSet<>();
        while (!certain.isEmpty()) {
            Vouch vouch = certain.remove();
            for (int image : vouch.candidates) {
                if (matches.containsKey(image)) {
                    contested.add(image);
                }
                matches.put(image, vouch.authority);
                List<Vouch> ofImage = byImage.remove(image);
                for (Vouch other : ofImage == null ? List.<Vouch>of() : ofImage) {
                    if (other != vouch && other.candidates.size() > 1) {
                        other.candidates.remove(image);
                        certain.add(other);
                    }
                }
            }
        }
        matches.keySet().removeAll(contested);
        return matches;
    }
}
