package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What Windows says about the boot, gathered from the trees of its events.
 *
 * <pre>{@code
 * boolean unsafe = state.flags(SipaEventType.TESTSIGNING).stream().anyMatch(Fact::value);
 * }</pre>
 *
 * <p>All facts are kept, in the order of the log: the boot manager, the loader and each event of a boot say most things
 * again, and after a hibernation there are more. A fact that is missing, and one that is malformed, is not the same as the
 * harmless value: ask for at least one fact, and look at {@link #faults()}.
 *
 * @param trees the trees, in the order of their events
 */
public record WindowsBootState(List<SipaTree> trees) {
    /**
     * Something that Windows says.
     *
     * @param value what it says
     * @param tree which tree it comes from, as an index into {@link WindowsBootState#trees()}
     * @param source the element it comes from
     * @param <T> the type of the value
     */
    public record Fact<T>(T value, int tree, SipaElement.Typed source) {}

    /**
     * A fault.
     *
     * @param fault what is wrong
     * @param tree in which tree, as an index into {@link WindowsBootState#trees()}
     */
    public record TreeFault(Fault fault, int tree) {}

    public WindowsBootState {
        trees = List.copyOf(trees);
    }

    /** {@return the application control policies in force} */
    public List<Fact<SiPolicy>> siPolicies() {
        return leaves(SipaEventType.SI_POLICY, leaf -> SiPolicy.of(leaf.value()).stream());
    }

    /** {@return the images that were loaded, those of PCR 12 and of PCR 13} */
    public List<Fact<LoadedModule>> modules() {
        return containers(SipaEventType.LOADEDMODULE_AGGREGATION, LoadedModule::new);
    }

    /** {@return the early-launch anti-malware drivers} */
    public List<Fact<ElamDriver>> elamDrivers() {
        return containers(SipaEventType.ELAM_AGGREGATION, ElamDriver::new);
    }

    /**
     * The facts of a type that says yes or no.
     *
     * @param type the type
     * @return the facts in their order; none if the type is of another kind
     */
    public List<Fact<Boolean>> flags(SipaEventType type) {
        return leaves(
                type, leaf -> leaf.value() instanceof FieldValue.Flag flag ? Stream.of(flag.value()) : Stream.of());
    }

    /**
     * The facts of a type that is a number. {@link SipaElement.Leaf#meaning()} of their source explains it.
     *
     * @param type the type
     * @return the facts in their order; none if the type is of another kind
     */
    public List<Fact<Long>> numbers(SipaEventType type) {
        return leaves(type, leaf -> leaf.value().number().stream().boxed());
    }

    /**
     * The facts of a type that is text.
     *
     * @param type the type
     * @return the facts in their order; none if the type is of another kind
     */
    public List<Fact<String>> texts(SipaEventType type) {
        return leaves(
                type, leaf -> leaf.value() instanceof FieldValue.Text text ? Stream.of(text.text()) : Stream.of());
    }

    /**
     * The elements of a type, malformed ones included.
     *
     * @param type the type
     * @return the facts in their order; none if the type is a container
     */
    public List<Fact<SipaElement.Leaf>> values(SipaEventType type) {
        return leaves(type, Stream::of);
    }

    /** {@return what could not be decoded in any of the trees; offsets count from the start of that event's data} */
    public List<TreeFault> faults() {
        List<TreeFault> faults = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            int tree = i;
            trees.get(i).faults().forEach(fault -> faults.add(new TreeFault(fault, tree)));
        }
        return List.copyOf(faults);
    }

    private <T> List<Fact<T>> leaves(SipaEventType type, Function<SipaElement.Leaf, Stream<T>> read) {
        return facts(SipaElement.Leaf.class, type, read);
    }

    private <T> List<Fact<T>> containers(SipaEventType type, Function<SipaElement.Container, T> convert) {
        return facts(SipaElement.Container.class, type, container -> Stream.of(convert.apply(container)));
    }

    private <E extends SipaElement.Typed, T> List<Fact<T>> facts(
            Class<E> kind, SipaEventType type, Function<E, Stream<T>> read) {
        List<Fact<T>> facts = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            int tree = i;
            trees.get(tree)
                    .walk()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .filter(element -> element.type() == type.value())
                    .forEach(element ->
                            read.apply(element).forEach(value -> facts.add(new Fact<>(value, tree, element))));
        }
        return List.copyOf(facts);
    }
}
