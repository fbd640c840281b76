package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What Windows says about the boot, gathered from the trees of its events.
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

    public WindowsBootState {
        trees = List.copyOf(trees);
    }

    /** {@return a counter of boots} */
    public List<Fact<Long>> bootCounters() {
        return numbers(SipaEventType.BOOTCOUNTER);
    }

    /**
     * {@return what the boot application handed over to: 1 the OS loader, 2 resume from hibernation, 5 the hypervisor; {@link
     * SipaElement.Leaf#meaning()} has the words}
     */
    public List<Fact<Long>> transferControls() {
        return numbers(SipaEventType.TRANSFER_CONTROL);
    }

    /** {@return how BitLocker volumes were unlocked} */
    public List<Fact<BitLockerUnlock>> bitLockerUnlocks() {
        return values(
                SipaEventType.BITLOCKER_UNLOCK,
                SipaValue.Unsigned.class,
                number -> new BitLockerUnlock(number.value()));
    }

    /** {@return whether boot applications are being debugged: the facts in their order} */
    public List<Fact<Boolean>> bootDebugging() {
        return flags(SipaEventType.BOOTDEBUGGING);
    }

    /** {@return whether the kernel may be debugged: the facts in their order} */
    public List<Fact<Boolean>> kernelDebugging() {
        return flags(SipaEventType.OSKERNELDEBUG);
    }

    /** {@return whether the hypervisor may be debugged: the facts in their order} */
    public List<Fact<Boolean>> hypervisorDebugging() {
        return flags(SipaEventType.HYPERVISOR_DEBUG);
    }

    /** {@return whether signatures of drivers are checked: the facts in their order} */
    public List<Fact<Boolean>> codeIntegrity() {
        return flags(SipaEventType.CODEINTEGRITY);
    }

    /** {@return whether test-signed drivers are accepted: the facts in their order} */
    public List<Fact<Boolean>> testSigning() {
        return flags(SipaEventType.TESTSIGNING);
    }

    /** {@return whether flight-signed images are accepted: the facts in their order} */
    public List<Fact<Boolean>> flightSigning() {
        return flags(SipaEventType.FLIGHTSIGNING);
    }

    /** {@return whether this is safe mode: the facts in their order} */
    public List<Fact<Boolean>> safeMode() {
        return flags(SipaEventType.SAFEMODE);
    }

    /** {@return whether this is Windows PE, which installers and recovery run: the facts in their order} */
    public List<Fact<Boolean>> winPe() {
        return flags(SipaEventType.WINPE);
    }

    /** {@return the policy of data execution prevention: 0 opt in, 1 opt out, 2 always off, 3 always on} */
    public List<Fact<Long>> dataExecutionPrevention() {
        return numbers(SipaEventType.DATAEXECUTIONPREVENTION);
    }

    /** {@return what kind of device Windows is on} */
    public List<Fact<Long>> osDevices() {
        return numbers(SipaEventType.OSDEVICE);
    }

    /** {@return the folder of Windows} */
    public List<Fact<String>> systemRoots() {
        return texts(SipaEventType.SYSTEMROOT);
    }

    /** {@return whether the hypervisor is started: 0 off, 1 auto: the facts in their order} */
    public List<Fact<Long>> hypervisorLaunchTypes() {
        return numbers(SipaEventType.HYPERVISOR_LAUNCH_TYPE);
    }

    /** {@return whether virtual secure mode (VBS) is started: 0 off, 1 auto: the facts in their order} */
    public List<Fact<Long>> vsmLaunchTypes() {
        return numbers(SipaEventType.VSM_LAUNCH_TYPE);
    }

    /** {@return whether VBS is required: the facts in their order} */
    public List<Fact<Boolean>> vsmRequired() {
        return flags(SipaEventType.VBS_VSM_REQUIRED);
    }

    /** {@return whether VBS requires Secure Boot: the facts in their order} */
    public List<Fact<Boolean>> secureBootRequired() {
        return flags(SipaEventType.VBS_SECUREBOOT_REQUIRED);
    }

    /** {@return whether VBS requires an IOMMU: the facts in their order} */
    public List<Fact<Boolean>> iommuRequired() {
        return flags(SipaEventType.VBS_IOMMU_REQUIRED);
    }

    /** {@return whether Windows does not start without VBS: the facts in their order} */
    public List<Fact<Boolean>> mandatoryEnforcement() {
        return flags(SipaEventType.VBS_MANDATORY_ENFORCEMENT);
    }

    /** {@return whether VBS requires a boot chain signed by Microsoft: the facts in their order} */
    public List<Fact<Boolean>> microsoftBootChainRequired() {
        return flags(SipaEventType.VBS_MICROSOFT_BOOT_CHAIN_REQUIRED);
    }

    /** {@return the policy of hypervisor-protected code integrity} */
    public List<Fact<Long>> hvciPolicies() {
        return numbers(SipaEventType.VBS_HVCI_POLICY);
    }

    /** {@return the lists of revoked boot applications} */
    public List<Fact<SipaStructure.RevocationList>> bootRevocationLists() {
        return values(SipaEventType.BOOT_REVOCATION_LIST, SipaStructure.RevocationList.class, value -> value);
    }

    /** {@return the lists of revoked images of the operating system} */
    public List<Fact<SipaStructure.RevocationList>> osRevocationLists() {
        return values(SipaEventType.OS_REVOCATION_LIST, SipaStructure.RevocationList.class, value -> value);
    }

    /** {@return the application control policies in force} */
    public List<Fact<SipaStructure.SiPolicy>> siPolicies() {
        return values(SipaEventType.SI_POLICY, SipaStructure.SiPolicy.class, value -> value);
    }

    /** {@return the images that were loaded: the facts in their order, those of PCR 12 and of PCR 13} */
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
        return values(type, SipaValue.Flag.class, SipaValue.Flag::value);
    }

    /**
     * The facts of a type that is a number.
     *
     * @param type the type
     * @return the facts in their order; none if the type is of another kind
     */
    public List<Fact<Long>> numbers(SipaEventType type) {
        return values(type, SipaValue.Unsigned.class, SipaValue.Unsigned::value);
    }

    /**
     * The facts of a type that is text.
     *
     * @param type the type
     * @return the facts in their order; none if the type is of another kind
     */
    public List<Fact<String>> texts(SipaEventType type) {
        return values(type, SipaValue.Text.class, SipaValue.Text::text);
    }

    /**
     * The values of a type as they were decoded, malformed ones included.
     *
     * @param type the type
     * @return the facts in their order; none if the type is a container
     */
    public List<Fact<SipaValue>> values(SipaEventType type) {
        return values(type, SipaValue.class, value -> value);
    }

    /** {@return what could not be decoded in any of the trees; offsets count from the start of that event's data} */
    public List<TreeFault> faults() {
        List<TreeFault> faults = new ArrayList<>();
        for (int tree = 0; tree < trees.size(); tree++) {
            for (Fault fault : trees.get(tree).faults()) {
                faults.add(new TreeFault(fault, tree));
            }
        }
        return List.copyOf(faults);
    }

    /**
     * A fault.
     *
     * @param fault what is wrong
     * @param tree in which tree, as an index into {@link WindowsBootState#trees()}
     */
    public record TreeFault(Fault fault, int tree) {}

    private <V extends SipaValue, T> List<Fact<T>> values(SipaEventType type, Class<V> kind, Function<V, T> convert) {
        return facts(SipaElement.Leaf.class, type, leaf -> {
            SipaValue value = leaf.value();
            return kind.isInstance(value) ? Stream.of(convert.apply(kind.cast(value))) : Stream.empty();
        });
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
