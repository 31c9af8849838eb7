/**
 * A Merkle tree as RFC 9162 defines it, kept in tiles, with signed checkpoints and proofs in the forms of C2SP (tlog-tiles,
 * tlog-checkpoint, signed-note, tlog-proof). It needs the JDK alone, so that an auditor can run it without the rest.
 *
 * <p>Tree: {@code TreeHash}, {@code MerkleTree} over stored {@code Tile}s, which {@code TileGrowth} adds to, {@code Frontier} for
 * a walk that keeps no tiles, {@code InclusionProof}, {@code ConsistencyProof}. Notes: {@code SignedNote}, {@code NoteKey}, {@code
 * NoteSigner}. Both: {@code Checkpoint}, {@code EntryProof}.
 */
@NullMarked
package dev.matrix.security.tree;

import org.jspecify.annotations.NullMarked;
