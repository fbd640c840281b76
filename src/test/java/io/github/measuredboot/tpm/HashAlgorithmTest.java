package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Security;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashAlgorithmTest {
    @ParameterizedTest
    @CsvSource({
        "sha1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "sha256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sm3_256, 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        "sha3_256, 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
        "sha384, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163" + "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "sha512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    })
    void computesTheKnownHashOfAbcAndRegistersNoProvider(String name, String hash) {
        var providers = Security.getProviders();
        MessageDigest digest =
                HashAlgorithm.byName(name).orElseThrow().newMessageDigest().orElseThrow();
        byte[] computed = digest.digest("abc".getBytes(StandardCharsets.US_ASCII));
        assertEquals(hash, Bytes.wrap(computed).toHex());
        assertArrayEquals(providers, Security.getProviders());
    }

    @Test
    void ordersAllStandardAlgorithmsByStrength() {
        List<HashAlgorithm> ordered = HashAlgorithm.strongestFirst();
        assertEquals(
                List.of("sha512", "sha3_512", "sha384", "sha3_384", "sha256", "sha3_256", "sm3_256", "sha1"),
                ordered.stream().map(HashAlgorithm::name).toList());
        assertEquals(Set.copyOf(HashAlgorithm.standard()), Set.copyOf(ordered));
    }

    @Test
    void everyStandardAlgorithmHasItsDigestSize() {
        for (HashAlgorithm algorithm : HashAlgorithm.standard()) {
            assertEquals(
                    algorithm.digestSize(),
                    algorithm.newMessageDigest().orElseThrow().digest().length);
            assertSame(algorithm, HashAlgorithm.of(algorithm.id(), algorithm.digestSize()));
            assertThrows(IllegalArgumentException.class, () -> HashAlgorithm.of(algorithm.id(), 21));
        }
        assertEquals(8, HashAlgorithm.standard().size());
    }

    @Test
    void anUnknownAlgorithmHasItsIdForANameAndNoImplementation() {
        HashAlgorithm unknown = HashAlgorithm.of(0x00b2, 24);
        assertEquals("0x00b2", unknown.name());
        assertEquals(24, unknown.digestSize());
        assertTrue(unknown.newMessageDigest().isEmpty());
        assertEquals(HashAlgorithm.of(0x00b2, 24), unknown);
        assertThrows(IllegalArgumentException.class, () -> HashAlgorithm.of(0x10000, 24));
        assertThrows(IllegalArgumentException.class, () -> HashAlgorithm.of(0x00b2, 0));
    }

    @Test
    void extendsAValueByTheHashOfBoth() {
        Bytes zero = HashAlgorithm.SHA256.zeroDigest();
        Bytes separator = HashAlgorithm.SHA256.hash(Bytes.wrap(new byte[4])).orElseThrow();
        assertEquals(
                "3d458cfe55cc03ea1f443f1562beec8df51c75e14a9fcf9a7234a13f198e7969",
                HashAlgorithm.SHA256.extend(zero, separator).orElseThrow().toHex());
        assertTrue(HashAlgorithm.of(0x00b2, 24).extend(zero, separator).isEmpty());
    }
}
