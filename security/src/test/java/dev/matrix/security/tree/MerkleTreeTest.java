package dev.matrix.security.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Roots and proofs against RFC 9162's own definitions, computed naively, and against the vectors of RFC 6962's first library. */
@Tag("G34")
@Tag("SE35")
class MerkleTreeTest {

    private static final int LARGEST = 300;

    /** Inputs and roots of the test vectors that came with Certificate Transparency's reference implementation. */
    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private final Map<Tile, byte[]> tiles = new HashMap<>();
    private final List<TreeHash> leaves = new ArrayList<>();
    private final Map<String, TreeHash> known = new HashMap<>();

    private void grow(List<TreeHash> added) {
        tiles.putAll(TileGrowth.grow(leaves.size(), added, tile -> tiles.getOrDefault(tile, new byte[0])));
        leaves.addAll(added);
    }

    private static List<TreeHash> some(int from, int count) {
        List<TreeHash> hashes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            hashes.add(TreeHash.ofLeaf(("entry " + i).getBytes(UTF_8)));
        }
        return hashes;
    }

    private MerkleTree tree(long size) {
        return new MerkleTree(size, tile -> tiles.getOrDefault(tile, new byte[0]));
    }

    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    /** MTH of section 2.1.1, word for word. */
    private TreeHash mth(int from, int to) {
        if (to - from == 1) {
            return leaves.get(from);
        }
        TreeHash before = known.get(from + "-" + to);
        if (before != null) {
            return before;
        }
        int k = split(to - from);
        TreeHash hash = TreeHash.ofNode(mth(from, from + k), mth(from + k, to));
        known.put(from + "-" + to, hash);
        return hash;
    }

    /** PATH of section 2.1.3.1, word for word. */
    private List<TreeHash> path(int m, int from, int to) {
        List<TreeHash> path = new ArrayList<>();
        if (to - from > 1) {
            int k = split(to - from);
            if (m < k) {
                path.addAll(path(m, from, from + k));
                path.add(mth(from + k, to));
            } else {
                path.addAll(path(m - k, from + k, to));
                path.add(mth(from, from + k));
            }
        }
        return path;
    }

    /** SUBPROOF of section 2.1.4.1, word for word. */
    private List<TreeHash> subproof(int m, int from, int to, boolean known) {
        List<TreeHash> proof = new ArrayList<>();
        if (m == to - from) {
            if (!known) {
                proof.add(mth(from, to));
            }
            return proof;
        }
        int k = split(to - from);
        if (m <= k) {
            proof.addAll(subproof(m, from, from + k, known));
            proof.add(mth(from + k, to));
        } else {
            proof.addAll(subproof(m - k, from + k, to, false));
            proof.add(mth(from, from + k));
        }
        return proof;
    }

    @Test
    void anEmptyTreeHasTheHashOfNothing() {
        assertThat(HexFormat.of().formatHex(tree(0).root().bytes()))
                .startsWith("e3b0c442")
                .endsWith("b855");
        assertThat(new Frontier().root()).isEqualTo(TreeHash.ofNothing());
    }

    @Test
    void rootsAreThoseOfOthersVectors() {
        for (int i = 0; i < ENTRIES.size(); i++) {
            grow(List.of(TreeHash.ofLeaf(HexFormat.of().parseHex(ENTRIES.get(i)))));
            assertThat(HexFormat.of().formatHex(tree(i + 1).root().bytes())).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    @Tag("SE58")
    void anEntryThatRepeatsTheLastIsNotPaddingAndANodeIsNoLeaf() {
        grow(some(0, 3));
        TreeHash three = tree(3).root();
        grow(some(2, 1));
        assertThat(tree(4).root()).isNotEqualTo(three);
        byte[] both = new byte[64];
        System.arraycopy(leaves.get(0).bytes(), 0, both, 0, 32);
        System.arraycopy(leaves.get(1).bytes(), 0, both, 32, 32);
        assertThat(TreeHash.ofLeaf(both)).isNotEqualTo(TreeHash.ofNode(leaves.get(0), leaves.get(1)));
    }

    @Test
    @Tag("G38")
    void allProofsAgreeWithTheDefinitionsAndAreAccepted() {
        Random random = new Random(35);
        while (leaves.size() < LARGEST) {
            grow(some(leaves.size(), Math.min(LARGEST - leaves.size(), 1 + random.nextInt(40))));
        }
        Frontier frontier = new Frontier();
        for (int n = 1; n <= LARGEST; n++) {
            frontier.add(leaves.get(n - 1));
            MerkleTree tree = tree(n);
            TreeHash root = mth(0, n);
            assertThat(tree.root()).isEqualTo(root);
            assertThat(frontier.root()).isEqualTo(root);
            for (int m = 0; m < n; m++) {
                InclusionProof proof = tree.inclusion(m);
                assertThat(proof.hashes().equals(path(m, 0, n))).isTrue();
                assertThat(proof.proves(leaves.get(m), root)).isTrue();
                ConsistencyProof older = tree.consistency(m + 1);
                assertThat(older.hashes().equals(subproof(m + 1, 0, n, true))).isTrue();
                assertThat(older.proves(mth(0, m + 1), root)).isTrue();
            }
        }
    }

    @Test
    @Tag("G38")
    void aProofWithAnythingChangedIsRefused() {
        grow(some(0, 100));
        for (int n : List.of(1, 2, 3, 7, 8, 64, 65, 100)) {
            TreeHash root = tree(n).root();
            for (int m = 0; m < n; m++) {
                InclusionProof proof = tree(n).inclusion(m);
                TreeHash leaf = leaves.get(m);
                assertThat(proof.proves(changed(leaf), root)).isFalse();
                assertThat(proof.proves(leaf, changed(root))).isFalse();
                changes(proof.hashes())
                        .forEach(hashes -> assertThat(
                                        new InclusionProof(proof.index(), proof.size(), hashes).proves(leaf, root))
                                .isFalse());
                for (int other = -1; other <= n; other++) {
                    assertThat(new InclusionProof(other, n, proof.hashes()).proves(leaf, root))
                            .isEqualTo(other == m);
                }
                ConsistencyProof older = tree(n).consistency(m + 1);
                TreeHash earlier = tree(m + 1).root();
                assertThat(older.proves(changed(earlier), root)).isFalse();
                assertThat(older.proves(earlier, changed(root))).isFalse();
                changes(older.hashes())
                        .forEach(hashes -> assertThat(
                                        new ConsistencyProof(older.from(), older.to(), hashes).proves(earlier, root))
                                .isFalse());
                assertThat(new ConsistencyProof(0, n, older.hashes()).proves(earlier, root))
                        .isFalse();
                assertThat(new ConsistencyProof(n + 1, n, older.hashes()).proves(earlier, root))
                        .isFalse();
            }
        }
    }

    private static TreeHash changed(TreeHash hash) {
        byte[] bytes = hash.bytes().clone();
        bytes[31] ^= 1;
        return new TreeHash(bytes);
    }

    private static List<List<TreeHash>> changes(List<TreeHash> hashes) {
        List<List<TreeHash>> all = new ArrayList<>();
        for (int i = 0; i < hashes.size(); i++) {
            List<TreeHash> flipped = new ArrayList<>(hashes);
            flipped.set(i, changed(hashes.get(i)));
            all.add(flipped);
        }
        if (!hashes.isEmpty()) {
            all.add(hashes.subList(1, hashes.size()));
            all.add(hashes.subList(0, hashes.size() - 1));
        }
        List<TreeHash> longer = new ArrayList<>(hashes);
        longer.add(TreeHash.ofNothing());
        all.add(longer);
        return all;
    }

    @Test
    @Tag("G38")
    void whatIsNoHashAndNoSizeOfTheTreeIsRefused() {
        grow(some(0, 5));
        assertThatThrownBy(() -> new TreeHash(new byte[31])).isInstanceOf(TreeFormatException.class);
        assertThatThrownBy(() -> tree(5).inclusion(5)).isInstanceOf(TreeFormatException.class);
        assertThatThrownBy(() -> tree(5).consistency(6)).isInstanceOf(TreeFormatException.class);
    }

    @Test
    void tilesAreThoseOfTheExampleOfTlogTiles() {
        for (int i = 0; i < 70_000; i += 1_000) {
            grow(some(i, 1_000));
        }
        assertThat(tiles.keySet().stream().filter(tile -> tile.level() == 0)).hasSize(274);
        assertThat(tiles.get(new Tile(0, 272))).hasSize(256 * 32);
        assertThat(tiles.get(new Tile(0, 273))).hasSize(112 * 32);
        assertThat(tiles.keySet().stream().filter(tile -> tile.level() == 1)).hasSize(2);
        assertThat(tiles.get(new Tile(1, 0))).hasSize(256 * 32);
        assertThat(tiles.get(new Tile(1, 1))).hasSize(17 * 32);
        assertThat(tiles.get(new Tile(2, 0))).hasSize(32);
        assertThat(tiles).hasSize(277);
        Frontier frontier = new Frontier();
        leaves.forEach(frontier::add);
        assertThat(tree(70_000).root()).isEqualTo(frontier.root());
        assertThat(tree(70_000).inclusion(69_999).proves(leaves.get(69_999), frontier.root()))
                .isTrue();
        assertThat(new Tile(0, 273).path(112)).isEqualTo("tile/0/273.p/112");
        assertThat(new Tile(0, 1234067).path(8)).isEqualTo("tile/0/x001/x234/067.p/8");
        assertThat(Tile.entriesPath(272, 256)).isEqualTo("tile/entries/272");
    }
}
