package dev.matrix.examples.benchmarks.security;

import dev.matrix.security.tree.ConsistencyProof;
import dev.matrix.security.tree.Frontier;
import dev.matrix.security.tree.InclusionProof;
import dev.matrix.security.tree.MerkleTree;
import dev.matrix.security.tree.Tile;
import dev.matrix.security.tree.TreeHash;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Proofs in a log of 10 million entries over tiles in memory, and the check of entries of 400 bytes one after the other. What a tile says
 * doesn't change what a proof takes, so that one tile stands for all.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LogTreeBenchmark {

    private static final long ENTRIES = 10_000_000;
    private static final int BODY = 400;

    private final byte[] tile = new byte[Tile.WIDTH * TreeHash.LENGTH];
    private final byte[] body = new byte[BODY];
    private Frontier frontier = new Frontier();
    private Random random = new Random(10);

    /** Bytes by chance. */
    @Setup
    public void fill() {
        random = new Random(10);
        random.nextBytes(tile);
        random.nextBytes(body);
        frontier = new Frontier();
    }

    private long any() {
        return 1 + Math.floorMod(random.nextLong(), ENTRIES - 1);
    }

    /** That an entry is in the log. */
    @Benchmark
    public InclusionProof inclusion() {
        return new MerkleTree(ENTRIES, where -> tile).inclusion(any());
    }

    /** That the log continues what it was. */
    @Benchmark
    public ConsistencyProof consistency() {
        return new MerkleTree(ENTRIES, where -> tile).consistency(any());
    }

    /** One entry of a check: its hash, and its way into the root. */
    @Benchmark
    public Frontier verifiedEntry() {
        frontier.add(TreeHash.ofLeaf(body));
        return frontier;
    }
}
