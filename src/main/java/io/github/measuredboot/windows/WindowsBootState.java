package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What Windows says about the boot, gathered from the trees of its events.
 *
 * <pre>{@code
 * boolean unsafe = state.flags(SipaEventType.TESTSIGNING).stream().anyMatch(Fact::value);
 * }</pre>
 *
 * <p>All facts are kept, in the order of the log: the boot manager, the loader and each event of a boot repeat most things, and after a
 * hibernation there are more facts. A fact that is missing or malformed is not the same as the harmless value: ask for at least one fact,
 * and look at {@link #faults()}.
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

    /**
     * A system integrity (application control) policy ({@code SIPAEVENT_SI_POLICY_PAYLOAD}).
     *
     * @param policyName the name, such as {@code SiPolicy.p7b}
     * @param digest the digest of the policy
     */
    public record SiPolicy(String policyName, Bytes digest) {
        static Optional<SiPolicy> of(FieldValue value) {
            return value instanceof FieldValue.Structure policy
                            && policy.field("policyName").orElse(null) instanceof FieldValue.Text name
                            && policy.field("digest").orElse(null) instanceof FieldValue.Binary digest
                    ? Optional.of(new SiPolicy(name.text(), digest.bytes()))
                    : Optional.empty();
        }
    }

    /**
     * An image that Windows loaded. Windows measures each one twice: into PCR 12 with its hash and address alone, and into PCR 13 with
     * all that is known about it.
     *
     * <p>Every method returns empty if the container has no such element, more than one, or one that is malformed.
     *
     * @param container the {@link SipaEventType#LOADEDMODULE_AGGREGATION}
     */
    public record LoadedModule(SipaElement.Container container) {
        /** {@return the file, a path without device, such as <code>\Windows\system32\winload.efi</code>} */
        public Optional<String> filePath() {
            return text(SipaEventType.FILEPATH);
        }

        /** {@return the Authenticode hash} */
        public Optional<Bytes> authenticodeHash() {
            return binary(SipaEventType.AUTHENTICODEHASH);
        }

        /**
         * {@return the algorithm of the Authenticode hash; empty for MD4, MD5 and unknown ones} Windows does not give it in PCR 12.
         */
        public Optional<HashAlgorithm> hashAlgorithm() {
            return number(SipaEventType.HASHALGORITHMID).flatMap(LoadedModule::capiHashAlgorithm);
        }

        private static Optional<HashAlgorithm> capiHashAlgorithm(long algId) {
            if (algId == 0x8004) {
                return Optional.of(HashAlgorithm.SHA1);
            } else if (algId == 0x800c) {
                return Optional.of(HashAlgorithm.SHA256);
            } else if (algId == 0x800d) {
                return Optional.of(HashAlgorithm.SHA384);
            }
            return algId == 0x800e ? Optional.of(HashAlgorithm.SHA512) : Optional.empty();
        }

        /** {@return the size in memory} */
        public Optional<Long> imageSize() {
            return number(SipaEventType.IMAGESIZE);
        }

        /** {@return the virtual address; those of the kernel come out negative} */
        public Optional<Long> imageBase() {
            return number(SipaEventType.IMAGEBASE);
        }

        /** {@return the common name of the signer's certificate} */
        public Optional<String> publisher() {
            return text(SipaEventType.AUTHORITYPUBLISHER);
        }

        /** {@return the common name of the issuer of the signer's certificate} */
        public Optional<String> issuer() {
            return text(SipaEventType.AUTHORITYISSUER);
        }

        /** {@return the serial number of the signer's certificate} */
        public Optional<Bytes> serial() {
            return binary(SipaEventType.AUTHORITYSERIAL);
        }

        /** {@return the SHA-1 thumbprint of the signer's certificate} */
        public Optional<Bytes> sha1Thumbprint() {
            return binary(SipaEventType.AUTHORITYSHA1THUMBPRINT);
        }

        /** {@return whether Windows checked the signature and found it good} */
        public Optional<Boolean> imageValidated() {
            return container
                    .only(SipaEventType.IMAGEVALIDATED, FieldValue.Flag.class)
                    .map(FieldValue.Flag::value);
        }

        /** {@return the security version number, which few images have} */
        public Optional<Long> svn() {
            return number(SipaEventType.MODULE_SVN);
        }

        private Optional<String> text(SipaEventType type) {
            return container.only(type, FieldValue.Text.class).map(FieldValue.Text::text);
        }

        private Optional<Long> number(SipaEventType type) {
            return container
                    .only(type, FieldValue.class)
                    .flatMap(value -> value.number().stream().boxed().findFirst());
        }

        private Optional<Bytes> binary(SipaEventType type) {
            return container.only(type, FieldValue.Binary.class).map(FieldValue.Binary::bytes);
        }
    }

    /**
     * What Windows measured about an early-launch anti-malware driver. Every method returns empty if the container has no such element,
     * more than one, or one that is malformed.
     *
     * @param container the {@link SipaEventType#ELAM_AGGREGATION}
     */
    public record ElamDriver(SipaElement.Container container) {
        /** {@return the name of its registry key, such as {@code Windows Defender}} */
        public Optional<String> keyName() {
            return container
                    .only(SipaEventType.ELAM_KEYNAME, FieldValue.Text.class)
                    .map(FieldValue.Text::text);
        }

        /** {@return its value {@code Measured}, 20 bytes for a SHA-1 digest} */
        public Optional<Bytes> measured() {
            return binary(SipaEventType.ELAM_MEASURED);
        }

        /** {@return its value {@code Config}} */
        public Optional<Bytes> configuration() {
            return binary(SipaEventType.ELAM_CONFIGURATION);
        }

        /** {@return its value {@code Policy}} */
        public Optional<Bytes> policy() {
            return binary(SipaEventType.ELAM_POLICY);
        }

        private Optional<Bytes> binary(SipaEventType type) {
            return container.only(type, FieldValue.Binary.class).map(FieldValue.Binary::bytes);
        }
    }

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
